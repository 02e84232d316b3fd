people-name = Namn
people-place = Kommun
people-county = Län
people-waited = Väntat
people-days = { $n ->
    [one] 1 dag
   *[other] { $shown } dagar
}
people-waited-days = { $n ->
    [one] Har väntat 1 dag
   *[other] Har väntat { $shown } dagar
}
people-programme = Program
people-organisation = Organisation
people-need = Behöver
people-needs = Behov
people-competence = Kan
people-competences = Kompetenser
people-places = Lediga platser
people-of = av { $shown }
people-free-places = { $n ->
    [0] Ingen ledig plats
    [one] 1 ledig plats
   *[other] { $shown } lediga platser
}
people-search = Sök
people-all = Alla
people-filter = Visa
people-count = { $n ->
    [0] Ingen träff
    [one] 1 person
   *[other] { $shown } personer
}
people-nobody = Ingen passar det du sökte. Ta bort något av villkoren.
people-pages = Sidor
people-previous = Föregående
people-next = Nästa
people-paired = Har mentor
people-edit = Ändra
people-save = Spara
people-cancel = Avbryt
people-yes = ja
people-no = nej
people-none = – välj –
people-grade = Grad
people-required = måste fyllas i
people-faults = Något behöver rättas
people-fault = Fel:
people-no-pairs = Inga par än.
people-history = Historik
people-changed-by = Ändrad av { $x }
people-new-mentee = Ny adept
people-new-mentor = Ny mentor
people-file-mentees = adepter
people-file-mentors = mentorer
people-read = { $n ->
    [one] En person är inläst.
   *[other] { $shown } personer är inlästa.
}
people-state = Läge
people-state-all = Alla som väntar eller har mentor
people-state-waiting = Väntar
people-state-paired = Har mentor
people-state-closed = Har lämnat väntelistan
people-state-free = Har ledig plats
people-state-full = Har ingen ledig plats
people-state-away = Kan inte föreslås nu
people-order = Ordning
people-by-name = Namn
people-by-waited = Väntat längst
people-by-places = Flest lediga platser
people-has-left = Har lämnat väntelistan
people-leave = Ta bort från väntelistan
people-return = Ta tillbaka på väntelistan
people-added-by = Tillagd av { $x }
people-left-by = Togs bort från väntelistan av { $x }
people-returned-by = Togs tillbaka på väntelistan av { $x }
people-paired-by = Fick ett förslag på mentor; godkänt av { $x }
people-by-file = från fil
people-by-application = efter en intresseanmälan

fault-required = Fyll i det här.
fault-nul = Texten innehåller ett tecken som inte kan sparas. Skriv om den.
fault-long = Texten är { $n } tecken lång. Korta den till högst { $most }.
fault-email = ”{ $x }” är ingen e-postadress. Skriv den som namn@exempel.se.
fault-day = ”{ $x }” är inget datum. Skriv det som 2026-11-23.
fault-number = ”{ $x }” går inte. Skriv ett helt tal från 0 till { $most }.
fault-yes-no = ”{ $x }” går inte. Skriv ja eller nej.
fault-choice = ”{ $x }” finns inte i listan. Skriv en kod eller ett namn ur den; alla står på andra bladet i XLSX-mallen.
fault-grade = ”{ $x }” saknar nivå, eller har en som inte finns. Välj en i listan bredvid.
fault-pause-order = Uppehållet slutar innan det börjar.
fault-pause-end = Ange sista dagen för uppehållet.
fault-pause-start = Ange första dagen för uppehållet.
fault-company-industry = Ange det egna företagets bransch, så att ingen får en konkurrent till mentor.
fault-future = Dagen har inte varit än.
fault-no-mentor = Ingen mentor har adressen ”{ $x }”. Rätta den eller ta bort den.
fault-company-name = Ange företagets namn, eller ta bort organisationsnumret.
fault-long-ago = Dagen ligger för långt tillbaka. Kontrollera året.
fault-email-taken = Någon annan har redan adressen { $x }. Sök upp den personen i listan och ändra där.
fault-unlisted = ”{ $x }” finns inte. De koder som finns: { $known }. Fler kan läggas till på sidan Program.
fault-company-number = ”{ $x }” är inget organisationsnummer. Skriv tio siffror, till exempel 556677-8899; den sista måste stämma.
fault-changed-meanwhile = { $by } har ändrat det här under tiden. Nu står där: ”{ $value }”. Spara igen om det du skrivit ska gälla.
fault-phone = ”{ $x }” är inget telefonnummer. Skriv siffror, som 070-123 45 67 eller +46 70 123 45 67.
people-grade-none = – hur mycket? –
people-waits-again = Väntar på en mentor igen
people-done = Paret är slut, och adepten väntar inte
people-approve = Godkänn mentorn
people-approve-text = Godkänn efter intervjun. Mentorn kan sedan föreslås, så snart uppförandekod och sekretess är lovade; brevet om det har gått ut.
people-trained = Grundutbildning, den
people-trained-hint = Lämna tomt om den inte har blivit av än.
people-pledged = Lovade uppförandekod och sekretess
people-leaves = { $x } slutar
people-leaves-short = Slutar
people-leaves-text = Mentorn föreslås inte längre för någon. Förslag tas tillbaka, och par avslutas utan skuld: båda får ett brev, och varje adept väntar igen från den dag hen först gjorde det, överst i din kö.
people-leaves-none = Mentorn har inget öppet par.
people-leaves-act = Mentorn slutar
fault-control = Det finns en radbrytning eller ett dolt tecken i texten. Skriv den på en rad.
