people-name = Name
people-place = Municipality
people-county = County
people-waited = Waited
people-days = { $n ->
    [one] 1 day
   *[other] { $shown } days
}
people-waited-days = { $n ->
    [one] Has waited 1 day
   *[other] Has waited { $shown } days
}
people-programme = Programme
people-organisation = Organisation
people-need = Needs
people-needs = Needs
people-competence = Knows
people-competences = Competences
people-places = Free places
people-of = of { $shown }
people-free-places = { $n ->
    [0] No free place
    [one] 1 free place
   *[other] { $shown } free places
}
people-search = Search
people-all = All
people-filter = Show
people-count = { $n ->
    [0] Nobody found
    [one] 1 person
   *[other] { $shown } people
}
people-nobody = Nobody fits what you asked for. Take away one of the conditions.
people-pages = Pages
people-previous = Previous
people-next = Next
people-paired = Has a mentor
people-edit = Edit
people-save = Save
people-cancel = Cancel
people-yes = yes
people-no = no
people-none = – choose –
people-grade = Grade
people-required = required
people-faults = Something needs to be corrected
people-fault = Fault:
people-no-pairs = No pairs yet.
people-history = History
people-changed-by = Changed by { $x }
people-new-mentee = New mentee
people-new-mentor = New mentor
people-file-mentees = mentees
people-file-mentors = mentors
people-read = { $n ->
    [one] One person has been read in.
   *[other] { $shown } people have been read in.
}
people-state = State
people-state-all = All who wait or have a mentor
people-state-waiting = Waiting
people-state-paired = Has a mentor
people-state-closed = Has left the waiting list
people-state-free = Has a free place
people-state-full = Has no free place
people-state-away = Cannot be proposed now
people-order = Order
people-by-name = Name
people-by-waited = Waited longest
people-by-places = Most free places
people-has-left = Has left the waiting list
people-leave = Take off the waiting list
people-return = Put back on the waiting list
people-added-by = Added by { $x }
people-left-by = Taken off the waiting list by { $x }
people-returned-by = Put back on the waiting list by { $x }
people-paired-by = Got a mentor proposed; approved by { $x }
people-by-file = from a file
people-by-application = after an application

fault-required = Fill this in.
fault-nul = The text holds a character that cannot be saved. Write it again.
fault-long = The text is { $n } characters long. Shorten it to { $most } at most.
fault-email = “{ $x }” is not an e-mail address. Write it like name@example.com.
fault-day = “{ $x }” is not a date. Write it like 2026-11-23.
fault-number = “{ $x }” will not do. Write a whole number from 0 to { $most }.
fault-yes-no = “{ $x }” will not do. Write yes or no.
fault-choice = “{ $x }” is not in the list. Write a code or a name from it; all of them are on the second sheet of the XLSX template.
fault-grade = “{ $x }” has no level, or one that does not exist. Choose one in the list beside it.
fault-pause-order = The pause ends before it begins.
fault-pause-end = Give the last day of the pause.
fault-pause-start = Give the first day of the pause.
fault-company-industry = Give the own company's industry, so that nobody gets a competitor for a mentor.
fault-future = That day has not come yet.
fault-no-mentor = No mentor has the address “{ $x }”. Correct it or take it away.
fault-company-name = Give the company's name, or take the number away.
fault-long-ago = The day is too long ago. Check the year.
fault-email-taken = Somebody else has the address { $x } already. Find that person in the list and change the record there.
fault-unlisted = “{ $x }” does not exist. The codes there are: { $known }. More can be added on the page Programmes.
fault-company-number = “{ $x }” is not a company number. Write ten digits, such as 556677-8899; the last one must be right.
fault-changed-meanwhile = { $by } has changed this meanwhile. It now says: “{ $value }”. Save again if what you have written should hold.
fault-phone = “{ $x }” is not a telephone number. Write digits, such as 070-123 45 67 or +46 70 123 45 67.
people-grade-none = – how much? –
people-waits-again = Waits for a mentor again
people-done = The pair has ended, and the mentee does not wait
people-approve = Approve the mentor
people-approve-text = Approve after the interview. The mentor can then be proposed, as soon as conduct and confidentiality have been promised; the letter about that has gone out.
people-trained = Basic training, on
people-trained-hint = Leave it empty if it is still to come.
people-pledged = Promised conduct and confidentiality
people-leaves = { $x } leaves
people-leaves-short = Leaves
people-leaves-text = The mentor is not proposed to anybody any more. Proposals are taken back, and pairs end without blame: both get a letter, and each mentee waits again from the day they first did, first in your queue.
people-leaves-none = The mentor has no open pair.
people-leaves-act = The mentor leaves
fault-control = There is a line break or a hidden sign in the text. Write it on one line.
