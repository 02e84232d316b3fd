mine-title = Min sida
mine-leave = Logga ut
mine-leave-all = Logga ut överallt
mine-parts = I programmet
mine-no-parts = Din adress hör inte till någon mentor eller adept.
mine-mentee-waits = { $n ->
    [0] Du är adept och står på väntelistan sedan i dag. Samordnaren söker en mentor åt dig.
    [one] Du är adept och har stått på väntelistan en dag. Samordnaren söker en mentor åt dig.
   *[other] Du är adept och har stått på väntelistan { $shown } dagar. Samordnaren söker en mentor åt dig.
}
mine-mentee-paired = Du är adept och har en mentor.
mine-mentee-left = Du är adept och står inte längre på väntelistan.
mine-mentor = Du är mentor. Platser: { $n }, varav upptagna: { $open }.
mine-weak = Du arbetar också med programmet
mine-weak-text = En länk i ett brev räcker inte för att se andras uppgifter.
mine-passkeys = Passnycklar
mine-no-passkeys = Du har ingen passnyckel.
mine-passkey = Skapad { $x }
mine-used = senast använd { $x }
mine-drop = Ta bort
mine-add-passkey = Lägg till en passnyckel
mine-sessions = Inloggad här
mine-device = Webbläsare
mine-some-browser = Okänd webbläsare
mine-this = den här
mine-way = Hur
mine-way-link = länk i e-post
mine-way-passkey = passnyckel
mine-way-provider = organisationens inloggning
mine-way-demo = vald i demon
mine-began = Sedan
mine-seen = Senast
mine-act = Åtgärd
mine-end = Logga ut
mine-readings = Vem som läst om dig
mine-readings-text = När personal öppnar dina uppgifter antecknas det här.
mine-no-readings = Ingen ännu.
mine-application = Ansökan som { $x }
mine-data = Dina uppgifter
mine-data-text = Hämta allt vi har om dig i en fil: att läsa, som tabell och för andra program.
mine-fetch = Hämta dina uppgifter
mine-erase = Radera mig
mine-erase-text = Du kan begära att bli raderad. Allt om dig tas bort efter sju dagar; ett pågående mentorpar avslutas. Till dess kan du ångra dig.
mine-erased-on = Du raderas { $x }. Till dess kan du ångra dig.
mine-regret = Jag vill vara kvar
mine-part = Del
mine-name = Uppgift
mine-value = Värde
