applications-count = { $n ->
    [0] Inga ansökningar här.
    [one] En ansökan
   *[other] { $shown } ansökningar
}
applications-sent = Inkommen
applications-part = Vill bli
applications-doubles = Finns redan
applications-no-doubles = Ingen annan hos er har samma adress eller organisationsnummer.
applications-double-email = samma e-postadress
applications-double-number = samma organisationsnummer
applications-rules = Villkor
applications-yes = Uppfyllt enligt den sökande
applications-no = Inte ikryssat
applications-accept = Anta
applications-accept-mentee = Adepten ställs på väntelistan från den dag ansökan skickades och får ett brev.
applications-accept-mentor = Mentorn läggs till och får ett brev. Godkänn mentorn i listan när samtalet är gjort.
applications-decline = Avböj
applications-reason = Skäl, som den sökande får läsa
applications-no-reason = Skriv ett skäl. Den sökande får läsa det.
applications-faulty = Svaren räcker inte till för att anta: något obligatoriskt saknas. Ta kontakt med den sökande.
applications-known = Personen finns redan i registret. Ändra där i stället, och avböj eller behåll den här ansökan.
applications-result = Öppna personen
applications-answers = Den sökandes svar
