cli-open = Open { $x } in your browser. Stop with Ctrl+C.
cli-port = Port { $port } cannot be used: { $x }. Choose another with --port, or 0 for a free one.
cli-demo = Making up a year: { $mentees } mentees who wait, { $mentors } mentors …
cli-loopback = Without TLS the program answers this machine only. Give --url https://… and a proxy before it to listen on { $x }.
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
cli-demo-kept = The database was made by the demo before and is used as it is.
cli-guessed = “{ $x }” is taken for { $value }. Please check.
cli-out-is-in = { $x } is one of the files that are read. Write to another file.
cli-own-organisation = Own organisation
cli-in-use = { $x } is in use by a program that runs, or was not closed in order. Stop the program (or start and stop it once) and try again.
cli-language = --language takes sv or en, not “{ $x }”.
cli-database = The database { $x } cannot be used: { $why }
cli-no-database = There is no Mentorpar database at { $x }. Check the address, or import somebody first.
cli-no-file = there is no such file
cli-no-right = you have no right to the file
cli-is-folder = it is a folder
cli-unknown-flag = There is no option { $x }. Write { $help } to see which there are.
cli-unknown-flag-near = There is no option { $x }. Did you mean { $near }?
cli-unknown-verb = There is no command { $x }. Write { $help } to see which there are.
cli-unknown-verb-near = There is no command { $x }. Did you mean { $near }?
cli-missing = This is missing: { $x }. Write { $help } for help.
cli-bad-value = { $value } cannot be the value of { $x }. Write { $help } for help.
cli-bad-value-of = { $value } cannot be the value of { $x }. Choose from: { $known }.
cli-no-value = { $x } must have a value. Write { $help } for help.
cli-bad-arguments = The arguments do not go together. Write { $help } for help.
solve-total = total { $total }, { $pairs } pairs, proven best against { $looked } allowed pairs, { $seconds } s
solve-at = line { $line }, column { $column }: { $what }
solve-line = line { $line }: { $what }
solve-ending = the file must end in .mtx (MatrixMarket) or .csv (row,column,score)
solve-banner = the first line must be “%%MatrixMarket matrix coordinate|array real|integer general”
solve-begin = the file must begin with %%MatrixMarket
solve-no-sizes = the line with the sizes is missing
solve-size = “{ $x }” is not a size
solve-sizes = { $n } sizes are needed here
solve-too-large = more than { $n } rows or columns
solve-one-number = one number a line is needed in an array
solve-too-many = more than { $n } entries
solve-three = row, column and score are needed
solve-row = the row “{ $x }” is not from 1 to { $n }
solve-column = the column “{ $x }” is not from 1 to { $n }
solve-promised = { $n } entries were promised, { $found } are there
solve-heading = the heading must be row,column,score
solve-heading-capacity = the heading must be column,capacity
solve-fields = { $n } columns are needed, { $found } are there
solve-no-name = the name is missing
solve-twice = the pair stands on line { $n } already
solve-not-finite = “{ $x }” is not a number that can be added up
solve-not-decimal = “{ $x }” is not a decimal number
solve-steps = “{ $x }” needs more than the { $n } steps that a score may have; round the scores
solve-no-column = no pair has the column “{ $x }”
solve-column-twice = the column stands on line { $n } already
solve-negative = the capacity { $x } is negative
solve-capacity = “{ $x }” is not a capacity from 0 to 1000000
cli-first = The programme has no owner yet who can sign in. Open this link within a day: { $x }
cli-no-smtp = Without a mail server nobody can sign in. Give --smtp and --sender.
cli-mail-waits = No mail server is given (--smtp): mails stay here, and nobody can sign in by a link. Try the demo, or name a server.
cli-url-unsafe = “{ $x }” cannot be used: the address must begin with https://. Only http://localhost may be without TLS.
cli-oidc-unsafe = “{ $x }” cannot be used: the provider's address must begin with https://.
cli-smtp = The mail server's address cannot be read. Write smtps://USER:PASSWORD@HOST:465 or smtp://USER:PASSWORD@HOST:587. Without TLS (?tls=none) only a server on this machine can be used.
cli-sender = Give the address that mails come from with --sender, such as mentor@example.com.
cli-world-readable = Everybody on this machine can read { $x }. Run chmod o-rwx on the file and start again.
cli-no-staff = Nobody with the address { $x } is appointed to anything.
cli-invited = The link holds for a day and is for { $name } only: { $x }
cli-no-job = No job called { $x } has failed.
cli-no-jobs = No jobs yet.
cli-job-waiting = waits
cli-job-done = done
cli-job-failed = failed
cli-forgotten = { $n ->
    [one] One person erased since the copy was made has been erased again.
   *[other] { $shown } people erased since the copy was made have been erased again.
}
cli-no-ledger = The database that was replaced was not there or could not be read. Whoever has been erased since the copy was made may be back: run erasures --again with the list that you keep, or go through the erasures asked for by hand.
cli-no-erasure = { $x }, line { $n }: not a digest and a time. Nobody has been erased. The file must be the one that erasures wrote.
cli-sound = Everything holds.
cli-fault-places = The mentor { $x } has more open pairs than places, or another number than is noted.
cli-fault-pairs = The mentee { $x } has two open pairs in the same programme.
cli-fault-state = The mentee { $x } counts as paired without an open pair, or the other way round.
cli-fault-person = The accepted application { $x } belongs to no mentor or mentee.
cli-bounced = { $n ->
    [0] None of our mails.
    [one] One mail has not arrived; the address gets no more notices.
   *[other] { $shown } mails have not arrived; the addresses get no more notices.
}
cli-chain = The chain of events ends at { $n }: { $x }
cli-fault-chain = The chain of events is broken at { $x }: an event there or after it has been changed, removed or added outside the program.
cli-demo-real = { $x } is no database that the demo has made. In the demo anybody may be anybody, so it never opens another. Name a new file, or start with serve.
cli-mail-fails = The mail server { $x } cannot be used: { $why }. The mails wait until that is mended; check --smtp and --smtp-certificate.
cli-fault-phase = The state of { $x } is not what its history says.
