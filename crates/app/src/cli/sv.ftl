cli-open = Öppna { $x } i webbläsaren. Avsluta med Ctrl+C.
cli-port = Porten { $port } går inte att använda: { $x }. Välj en annan med --port, eller 0 för en ledig.
cli-demo = Gör ett påhittat år: { $mentees } adepter som väntar, { $mentors } mentorer …
cli-loopback = Utan TLS svarar programmet bara den här datorn. Ange --url https://… och en proxy framför för att lyssna på { $x }.
cli-file = { $file } går inte att läsa eller skriva: { $x }
cli-fault = { $file }, rad { $n }: { $x }
cli-out = { $x } måste sluta på .xlsx eller .csv.
cli-assumed = Kolumnen { $x } saknas; för alla rader antas { $value }.
cli-proposed = { $pairs } par av { $mentees } adepter, { $points } poäng, bevisat bäst mot { $looked } tillåtna par. Skrivet till { $file }.
cli-imported = Inläst: { $new } nya, { $changed } ändrade, { $same } oförändrade.
cli-would-import = Skulle läsas in: { $new } nya, { $changed } ändrade, { $same } oförändrade. Inget har ändrats.
cli-written = { $n ->
    [one] 1 rad skriven.
   *[other] { $shown } rader skrivna.
}
cli-exists = { $x } finns redan. Välj ett annat namn.
cli-replace = { $x } finns redan. Lägg till --replace för att ersätta den.
cli-postgres-backup = Det här gäller SQLite. Använd pg_dump och pg_restore för PostgreSQL.
cli-backed-up = Kopian ligger i { $x }.
cli-restored = { $x } är återställd.
cli-not-a-backup = { $x } är ingen kopia av en Mentorpar-databas. Inget har ändrats.
cli-demo-kept = Databasen är gjord av demon tidigare och används som den är.
cli-guessed = ”{ $x }” tolkas som { $value }. Kontrollera.
cli-out-is-in = { $x } är en av filerna som läses. Skriv till en annan fil.
cli-own-organisation = Egen organisation
cli-in-use = { $x } används av ett program som är igång, eller avslutades inte rätt. Avsluta programmet (eller starta och avsluta det en gång) och försök igen.
cli-language = --language tar sv eller en, inte ”{ $x }”.
cli-database = Databasen { $x } går inte att använda: { $why }
cli-no-database = Det finns ingen Mentorpar-databas på { $x }. Kontrollera adressen, eller läs in någon först.
cli-no-file = filen finns inte
cli-no-right = du har inte rätt till filen
cli-is-folder = det är en mapp
cli-unknown-flag = Flaggan { $x } finns inte. Skriv { $help } för att se vilka som finns.
cli-unknown-flag-near = Flaggan { $x } finns inte. Menade du { $near }?
cli-unknown-verb = Kommandot { $x } finns inte. Skriv { $help } för att se vilka som finns.
cli-unknown-verb-near = Kommandot { $x } finns inte. Menade du { $near }?
cli-missing = Det här saknas: { $x }. Skriv { $help } för hjälp.
cli-bad-value = { $value } går inte som värde för { $x }. Skriv { $help } för hjälp.
cli-bad-value-of = { $value } går inte som värde för { $x }. Välj bland: { $known }.
cli-no-value = { $x } måste få ett värde. Skriv { $help } för hjälp.
cli-bad-arguments = Argumenten går inte ihop. Skriv { $help } för hjälp.
solve-total = summa { $total }, { $pairs } par, bevisat bäst mot { $looked } tillåtna par, { $seconds } s
solve-at = rad { $line }, kolumn { $column }: { $what }
solve-line = rad { $line }: { $what }
solve-ending = filen måste sluta på .mtx (MatrixMarket) eller .csv (row,column,score)
solve-banner = första raden måste vara ”%%MatrixMarket matrix coordinate|array real|integer general”
solve-begin = filen måste börja med %%MatrixMarket
solve-no-sizes = raden med storlekarna saknas
solve-size = ”{ $x }” är ingen storlek
solve-sizes = här behövs { $n } storlekar
solve-too-large = fler än { $n } rader eller kolumner
solve-one-number = i en array behövs ett tal per rad
solve-too-many = fler än { $n } poster
solve-three = rad, kolumn och poäng behövs
solve-row = raden ”{ $x }” är inte från 1 till { $n }
solve-column = kolumnen ”{ $x }” är inte från 1 till { $n }
solve-promised = { $n } poster utlovades, { $found } finns
solve-heading = rubriken måste vara row,column,score
solve-heading-capacity = rubriken måste vara column,capacity
solve-fields = { $n } kolumner behövs, { $found } finns
solve-no-name = namnet saknas
solve-twice = paret står redan på rad { $n }
solve-not-finite = ”{ $x }” är inget tal som går att räkna med
solve-not-decimal = ”{ $x }” är inget decimaltal
solve-steps = ”{ $x }” behöver fler än de { $n } steg som en poäng får ha; avrunda poängen
solve-no-column = inget par har kolumnen ”{ $x }”
solve-column-twice = kolumnen står redan på rad { $n }
solve-negative = kapaciteten { $x } är negativ
solve-capacity = ”{ $x }” är ingen kapacitet från 0 till 1000000
cli-first = Programmet har ännu ingen ägare som kan logga in. Öppna den här länken inom ett dygn: { $x }
cli-no-smtp = Utan e-postserver kan ingen logga in. Ange --smtp och --sender.
cli-mail-waits = Ingen e-postserver är angiven (--smtp): breven blir kvar här, och ingen kan logga in med länk. Prova demon, eller ange en server.
cli-url-unsafe = ”{ $x }” går inte att använda: adressen måste börja med https://. Bara http://localhost får vara utan TLS.
cli-oidc-unsafe = ”{ $x }” går inte att använda: inloggningstjänstens adress måste börja med https://.
cli-smtp = E-postserverns adress kan inte läsas. Skriv smtps://ANVÄNDARE:LÖSENORD@SERVER:465 eller smtp://ANVÄNDARE:LÖSENORD@SERVER:587. Utan TLS (?tls=none) går bara till den här datorn.
cli-sender = Ange adressen som brev skickas från med --sender, som mentor@exempel.se.
cli-world-readable = Alla på datorn kan läsa { $x }. Kör chmod o-rwx på filen och starta igen.
cli-no-staff = Ingen med adressen { $x } är utsedd till något.
cli-invited = Länken gäller i ett dygn och är bara för { $name }: { $x }
cli-no-job = Inget jobb som heter { $x } har misslyckats.
cli-no-jobs = Inga jobb än.
cli-job-waiting = väntar
cli-job-done = klart
cli-job-failed = misslyckades
cli-forgotten = { $n ->
    [one] En person som raderats efter kopian togs är raderad igen.
   *[other] { $shown } personer som raderats efter kopian togs är raderade igen.
}
cli-no-ledger = Databasen som ersattes fanns inte eller gick inte att läsa. Den som raderats efter kopian togs kan vara tillbaka: kör erasures --again med den lista ni sparat, eller gå igenom begärda raderingar för hand.
cli-no-erasure = { $x }, rad { $n }: inte ett avtryck och en tid. Ingen har raderats. Filen ska vara den som erasures skrev.
cli-sound = Allt stämmer.
cli-fault-places = Mentorn { $x } har fler öppna par än platser, eller ett annat antal än det antecknade.
cli-fault-pairs = Adepten { $x } har två öppna par i samma program.
cli-fault-state = Adepten { $x } står som parad utan öppet par, eller tvärtom.
cli-fault-person = Den antagna ansökan { $x } hör inte till någon mentor eller adept.
cli-bounced = { $n ->
    [0] Inget av våra brev.
    [one] Ett brev kom inte fram; adressen får inga fler besked.
   *[other] { $shown } brev kom inte fram; adresserna får inga fler besked.
}
cli-chain = Händelsekedjan slutar vid { $n }: { $x }
cli-fault-chain = Händelsekedjan är bruten vid { $x }: en händelse där eller efter den har ändrats, tagits bort eller lagts till vid sidan av programmet.
cli-demo-real = { $x } är ingen databas som demon har gjort. I demon får vem som helst vara vem som helst, så den öppnar aldrig en annan. Ange en ny fil, eller starta med serve.
cli-mail-fails = E-postservern { $x } går inte att använda: { $why }. Breven väntar tills det är ordnat; kontrollera --smtp och --smtp-certificate.
cli-fault-phase = Läget för { $x } stämmer inte med vad som har hänt.
