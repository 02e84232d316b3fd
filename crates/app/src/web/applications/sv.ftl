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
applications-reason = Mer om det, som den sökande får läsa
applications-no-reason = Välj varför, eller skriv det. Den sökande får läsa det.
applications-faulty = Svaren räcker inte till för att anta: något obligatoriskt saknas. Ta kontakt med den sökande.
applications-known = Personen finns redan i registret. Ändra där i stället, och avböj eller behåll den här ansökan.
applications-result = Öppna personen
applications-answers = Den sökandes svar
applications-why = Varför
applications-interview = Intervju
applications-interview-text = Gå igenom det här tillsammans, och ändra det som visar sig vara annorlunda. Det som står i anmälan finns kvar bredvid.
applications-interview-day = Vilken dag talade ni?
applications-interview-words = Vad mer ska kommas ihåg?
applications-interview-hint = Behoven bakom behoven, vad som har prövats, begränsningar, jäv. Den sökande kan läsa det i sina egna uppgifter.
applications-interview-write = Skriv in intervjun
applications-interview-edit = Ändra intervjun
applications-interview-book = Föreslå en tid
applications-interview-changed = Ändrat sedan anmälan:
applications-no-day = Välj vilken dag ni talade, senast i dag.
