import-title = Läs in personer från en fil
import-text = Välj en fil. Innan något sparas får du se vad som händer med varje rad. Samma fil två gånger ändrar ingenting.
import-who = Vilka finns i filen?
import-file = Fil
import-file-hint = CSV eller XLSX, högst 64 MB, rubriker på första raden. Svenska eller engelska rubriker går bra.
import-assume = Om filen saknar kolumn för organisation, program eller godkännande
import-look = Titta på filen
import-templates = Tomma filer att fylla i
import-preview = Det här händer
import-new = ny
import-new-many = nya
import-changed = ändras
import-same = oförändrad
import-faulty = fel
import-faults-text = { $n ->
    [one] En rad har fel. Rätta den i filen, eller ange vad rubrikerna betyder, och försök igen. Inget läses in så länge någon rad har fel.
   *[other] { $shown } rader har fel. Rätta dem i filen, eller ange vad rubrikerna betyder, och försök igen. Inget läses in så länge någon rad har fel.
}
import-nothing = Alla i filen finns redan, precis så som de står i den. Det finns inget att läsa in.
import-keep = { $n ->
    [one] Läs in 1 person
   *[other] Läs in { $shown } personer
}
import-assumed = Filen saknar de här kolumnerna. För alla rader antas:
import-guessed = Gissat ur fri text. Kontrollera:
import-headings = Vad rubrikerna betyder
import-heading = Rubrik
import-example = Exempel
import-means = Betyder
import-leave = – tas inte med –
import-again = Titta igen
import-rows = Rad för rad
import-row = Rad
import-outlook = Händer
import-what = Att rätta
import-more = { $shown } rader till visas inte.

row-twice = Samma e-postadress finns på rad { $n }.
row-below-open-pairs = Mentorn har { $n } öppna par, så antalet platser kan inte vara lägre.

file-empty = Filen är tom.
file-only-headings = Filen har bara rubriker, inga rader.
file-large = Filen är för stor. Dela upp den i delar på högst { $most } MB.
file-rows = Filen har för många rader. Dela upp den i delar på högst { $most } rader.
file-columns = Filen har för många kolumner. Behåll högst { $most }.
file-cells = Filen har för många celler. Behåll högst { $most }.
file-kind = Filen är varken CSV eller XLSX. Spara den som något av dem.
file-old-excel = Filen är i Excels gamla format. Spara den som XLSX eller CSV.
file-csv = Filen går inte att läsa som CSV. Spara den på nytt från kalkylprogrammet.
file-xlsx = Filen är skadad och går inte att läsa som XLSX. Spara den på nytt från kalkylprogrammet.
file-bomb = Filen packas upp till orimligt mycket data och har inte öppnats. Spara den på nytt från kalkylprogrammet.
file-none = Välj en fil först.
file-upload = Filen kom inte fram hel, eller är större än 64 MB. Försök igen.
file-gone = Filen finns inte kvar. Välj den igen.
import-grade-of = Grad för { $x }
import-allowed = Tillåtna värden
import-approved = Mentorerna i filen är godkända och har godkänt uppförandekod och sekretess
