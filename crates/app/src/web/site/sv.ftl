site-title = Mentorprogrammet
site-lead = En erfaren mentor för dig som driver eller startar företag. Kostnadsfritt, i hela landet.
site-programmes = Två program
site-msf = för dig som ska starta eller har startat för högst tre år sedan
site-muf = för dig vars företag är i gång och ska växa
site-where = Vem som håller i programmen där du är
site-stories = Berättelser
site-video = Se filmen ”{ $x }” på en annan webbplats
site-channels = Följ programmet
site-municipality = Din kommun
site-counties = Alla län
site-map = Karta över väntetiden i länen; samma uppgifter står i tabellen
site-wait-how = Väntetiden är den tid som hälften av dem som fick en mentor det senaste året hade väntat som mest. Har färre än fem fått en i länet visas hela landets.
site-wait = { $n ->
    [0] mindre än en veckas väntan
    [one] ungefär en veckas väntan
   *[other] ungefär { $n } veckors väntan
}
site-wait-country = { $n ->
    [0] i landet: mindre än en veckas väntan
    [one] i landet: ungefär en veckas väntan
   *[other] i landet: ungefär { $n } veckors väntan
}
site-wait-unknown = väntetiden är inte känd än
site-nobody = ägaren
site-privacy = Personuppgifter
site-accessibility = Tillgänglighet
site-controller = Personuppgiftsansvarig
site-controller-hint = Namn, organisationsnummer och adress.
site-unset = Inte angivet än.
site-kept = Vad vi sparar, varför och hur länge
site-what = Vad
site-purpose = Varför
site-ground = Laglig grund
site-retention = Hur länge
site-rights = Dina rättigheter
site-right-read = På din sida ser du vem i personalen som har läst om dig.
site-right-export = Där hämtar du också allt vi har om dig, i en fil.
site-right-erase = Där begär du att bli raderad. Du kan ångra dig i sju dagar.
site-right-complain = Är du missnöjd kan du klaga hos Integritetsskyddsmyndigheten.
site-cookies = Kakor
site-cookies-text = Webbplatsen använder bara kakor som behövs: för språk, inloggning och den anmälan du skriver på. Ingenting hämtas från andra webbplatser.
site-how-far = Hur långt vi har kommit
site-how-far-text = Vi känner inte till några brister som hindrar någon. Kartan har samma uppgifter i en tabell.
site-looked-at = Granskad för hand { $x }.
site-tell = Säg till om något inte fungerar
site-tell-text = Berätta vilken sida det gäller och vad du ville göra, så hjälper vi dig och rättar felet.
site-supervision = Är du inte nöjd med svaret kan du vända dig till Myndigheten för digital förvaltning.
site-see = Se sidan
site-texts = Texter
site-text-front = Startsidan
site-hidden = dold
site-new-story = Ny berättelse
site-settings = Inställningar
site-privacy-email = E-post för frågor om personuppgifter
site-accessibility-email = E-post för frågor om tillgänglighet
site-accessibility-day = Tillgängligheten granskad för hand
site-fault-url = ”{ $x }” går inte att använda. Skriv hela adressen, från https://.
site-write = Skriv text
site-body = Text
site-markdown = Tom rad ger nytt stycke. ## före en rubrik, * före en punkt, **fetstil**, [länk](https://…).
site-preview = Förhandsgranska
site-story = Berättelse
site-language = Språk
site-story-title = Rubrik
site-story-video = Länk till film
site-shown = Visas för alla. Båda i paret har sagt ja.
site-drop-story = Ta bort berättelsen
site-own-retention = Några organisationer har valt andra tider:
picture-title = Bild
picture-later = En bild kan du lägga till när berättelsen är sparad.
picture-file = Bildfil
picture-file-hint = JPEG, PNG eller WebP. Bilden förminskas, och uppgifter om var och när den togs tas bort.
picture-text = Vad bilden visar
picture-text-hint = För den som inte ser den: ”Alva och Sten vid köksbordet, med en kalkyl framför sig.”
picture-save = Spara bilden
picture-drop = Ta bort bilden
picture-no-text = Skriv vad bilden visar, för den som inte ser den.
picture-none = Välj en bild: en JPEG-, PNG- eller WebP-fil på högst 16 000 punkter åt vardera hållet.
