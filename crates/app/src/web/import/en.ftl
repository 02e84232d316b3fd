import-title = Import people from a file
import-text = Choose a file. Before anything is saved you see what will happen to each row. The same file twice changes nothing.
import-who = Who are in the file?
import-file = File
import-file-hint = CSV or XLSX, at most 64 MB, headings in the first row. Swedish or English headings will do.
import-assume = If the file has no column for organisation, programme or approval
import-look = Look at the file
import-templates = Empty files to fill in
import-preview = What will happen
import-new = new
import-new-many = new
import-changed = changes
import-same = unchanged
import-faulty = fault
import-faults-text = { $n ->
    [one] One row has a fault. Mend it in the file, or say what the headings mean, and try again. Nothing is imported as long as any row has a fault.
   *[other] { $shown } rows have faults. Mend them in the file, or say what the headings mean, and try again. Nothing is imported as long as any row has a fault.
}
import-nothing = Everybody in the file is here already, just as they stand in it. There is nothing to import.
import-keep = { $n ->
    [one] Import 1 person
   *[other] Import { $shown } people
}
import-assumed = The file lacks these columns. Assumed for every row:
import-guessed = Guessed from free text. Please check:
import-headings = What the headings mean
import-heading = Heading
import-example = Example
import-means = Means
import-leave = – left out –
import-again = Look again
import-rows = Row by row
import-row = Row
import-outlook = What happens
import-what = To mend
import-more = { $shown } more rows are not shown.

row-twice = The same e-mail address stands on row { $n }.
row-below-open-pairs = The mentor has { $n } open pairs, so the number of places cannot be lower.

file-empty = The file is empty.
file-only-headings = The file has headings only, no rows.
file-large = The file is too large. Divide it into parts of { $most } MB at most.
file-rows = The file has too many rows. Divide it into parts of { $most } rows at most.
file-columns = The file has too many columns. Keep { $most } at most.
file-cells = The file has too many cells. Keep { $most } at most.
file-kind = The file is neither CSV nor XLSX. Save it as one of them.
file-old-excel = The file is in Excel's old format. Save it as XLSX or CSV.
file-csv = The file cannot be read as CSV. Save it again from the spreadsheet program.
file-xlsx = The file is damaged and cannot be read as XLSX. Save it again from the spreadsheet program.
file-bomb = The file unpacks to an unreasonable amount of data and has not been opened. Save it again from the spreadsheet program.
file-none = Choose a file first.
file-upload = The file did not arrive whole, or is larger than 64 MB. Try again.
file-gone = The file is no longer here. Choose it again.
import-grade-of = Grade of { $x }
import-allowed = Allowed values
import-approved = The mentors in the file are approved and have accepted conduct and confidentiality
