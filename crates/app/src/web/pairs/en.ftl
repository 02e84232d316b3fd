pairs-file = pairs
pairs-count = { $n ->
    [0] No pairs
    [one] 1 pair
   *[other] { $shown } pairs
}
pairs-none = No pairs yet. Pairs come about when a matching round is approved.
pairs-open = Open
pairs-started = Started
pairs-closed = Closed

export-sheet = Proposals
export-mentee = Mentee
export-mentee-email = Mentee's e-mail
export-municipality = Municipality
export-mentor = Mentor
export-mentor-email = Mentor's e-mail
export-mentor-municipality = Mentor's municipality
export-points = Points
export-state = State
export-reasons = Reasons
export-locked = locked
export-proposed = proposed
export-unmatched = without a mentor
export-withdrawn = not in
pairs-made = { $n ->
    [one] One mentor has been asked. The letter is on its way.
   *[other] { $shown } mentors have been asked. The letters are on their way.
}
pairs-pair = Pair
pairs-state = State
pairs-company = Company
pairs-mentor = Mentor
pairs-phone = Telephone
pairs-state-asked-mentor = Mentor asked
pairs-state-asked-mentee = Mentee asked
pairs-state-agreeing = Have said yes
pairs-state-active = Active
pairs-state-paused = On a break
pairs-ball-asked = { $x } is asked and has until { $day }. Then the proposal goes back by itself.
pairs-ball-agreeing = Both said yes on { $day }. They are to meet and accept the agreement.
pairs-ball-agrees = Both said yes on { $day }. { $x } has not accepted the agreement yet.
pairs-ball-active = They are a pair until { $day }.
pairs-ball-paused = On a break until { $day }. Then it goes on by itself.
pairs-ball-over = Ended on { $day }.
pairs-was-made = The proposal was approved and the mentor was asked
pairs-was-mentor-yes = The mentor said yes, and the mentee was asked
pairs-was-mentee-yes = The mentee said yes
pairs-was-mentor-no = The mentor said no
pairs-was-mentee-no = The mentee said no
pairs-was-mentor-silent = The mentor did not answer in time, and the proposal went back
pairs-was-mentee-silent = The mentee did not answer in time, and the proposal went back
pairs-was-taken-back = The proposal was taken back
pairs-was-started = Both accepted the agreement, and the pair began
pairs-was-paused = A break
pairs-was-resumed = The break ended
pairs-was-ended = Ended early
pairs-acts = What you can do
pairs-answer-for = Answer for { $x }
pairs-answer-hint = When somebody has answered by telephone. The answer is entered in your name.
pairs-no-reason = Reason, if it is a no
pairs-yes = Yes
pairs-no = No
pairs-agree-for = Accept the agreement for { $x }
pairs-independent-for = The person has read the agreement and says that there is no conflict of interest: the mentor is neither owner, board member, employee, supplier, competitor nor close relation
pairs-agree = Accept the agreement
pairs-pause = Take a break
pairs-pause-until = Last day of the break
pairs-resume = End the break
pairs-extend = Extend
pairs-extend-until = New last day
pairs-take-back = Take the proposal back
pairs-take-back-text = Those who have heard of the proposal get a letter that nothing came of it. The mentee stays on the waiting list from the same day.
pairs-end = End early
pairs-end-why = Why?
pairs-end-waits = the mentee waits again
pairs-words = More about it, for us who work with the programme
pairs-story = What has happened
pairs-why = Why these two
pairs-outcome = What have you done about it?
pairs-settle = Done
pairs-fault-day = Choose a day.
pairs-fault-reason = Choose why.
pairs-fault-act = This cannot be done here. Load the page again.
pairs-fault-independent = Tick that it is so. If it is not, that is a conflict of interest: tell the coordinator instead.
pairs-fault-outcome = Write what you have done about it, so that others know as well.
pairs-meetings = Meetings
pairs-minutes = { $n ->
    [one] 1 minute
   *[other] { $shown } minutes
}
pairs-answers = Follow-ups
pairs-asked = Question
pairs-no-answer = no answer
pairs-complete = Close as completed
pairs-complete-text = Both get a letter of thanks, and the mentor gets the place back.
pairs-was-completed = The pair has ended and been evaluated
paper-agreement = The agreement as PDF
paper-diploma-file = The diploma as PDF
paper-parties = Accepted by
paper-page = Page {"{n}"} of {"{of}"}
paper-version = version { $x }
paper-translation = translation of version { $x }
paper-accepted-swedish = Accepted the agreement in Swedish on { $day } at { $time }, version { $version }
paper-accepted-english = Accepted the agreement in English on { $day } at { $time }, version { $version }
paper-diploma = Diploma
paper-diploma-mentor = has been the mentor of { $x } from { $from } to { $until }, without payment. They have met { $n ->
    [one] once
   *[other] { $n } times
}, altogether { $time }.
pairs-half-hour = half an hour
pairs-hours = { $n ->
    [one] one hour
   *[other] { $shown } hours
}
pairs-hours-half = { $n }.5 hours
paper-diploma-mentor-short = has been the mentor of { $x } from { $from } to { $until }, without payment.
paper-diploma-mentee = has completed the mentoring programme with { $x } as mentor from { $from } to { $until }. They have met { $n ->
    [one] once
   *[other] { $n } times
}, altogether { $time }.
paper-diploma-mentee-short = has completed the mentoring programme with { $x } as mentor from { $from } to { $until }.
paper-agreement-name = mentoring-agreement.pdf
paper-diploma-name = diploma.pdf
pairs-health = How the pairs are doing
pairs-health-text = Pairs that meet, those that need somebody first. Each sign is shown as it is; nothing is decided by it.
pairs-health-none = No pair meets yet.
pairs-health-missing = { $n ->
    [one] pair that needs somebody
   *[other] pairs that need somebody
}
pairs-health-partly = { $n ->
    [one] pair to keep an eye on
   *[other] pairs to keep an eye on
}
pairs-health-well = { $n ->
    [one] pair that does well
   *[other] pairs that do well
}
pairs-signs = Signs
pairs-flag-acted = You { $act } on { $day }. Has it helped?
pairs-flag-do = Or do something first, and be asked in two weeks whether it has helped:
pairs-flag-remind = Remind both by letter
pairs-flag-called = I have called
pairs-flag-offered = I have offered a change, a break or an end
pairs-flag-helped = It has helped
pairs-flag-undo = Undo
pairs-next = Next
pairs-times-proposed = Times proposed for a meeting, waiting for an answer: { $x }
pairs-expected = Meetings are expected about once a month: the next one by { $x }.
pairs-ends = The pair goes on until { $x }.
pairs-was-met = Meeting: { $x }
pairs-was-asked = { $x } was asked ({ $asked }): { $said }
pairs-was-asked-you = { $asked } You answered: { $said }
pairs-not-answered-you = { $asked } You have not answered.
pairs-reached = reached what they wanted: { $x }
pairs-flag-closed = Settled when the pair ended.
pairs-seen-all = Seen by the two and by you who work with the pair
pairs-seen-one = Seen by { $x } and by you who work with the pair
pairs-seen-three = Seen by the two of you and the coordinator
pairs-seen-you = Seen by you and the coordinator
pairs-companions = Who else takes part
pairs-co-mentor = second mentor
pairs-colleague = colleague of the mentee
pairs-companion-asked = has not accepted the agreement yet
pairs-companion-add = Add somebody to the pair
pairs-companion-text = A second mentor who knows what the first one does not, or a colleague of the mentee from the same company. They get a letter with the agreement, and take part once they have accepted it. A second mentor gives one of their places; a colleague no longer waits.
pairs-companion-email = Address of somebody who is in the register
pairs-companion-mentor = Add as a second mentor
pairs-companion-mentee = Add as a colleague
pairs-companion-unknown = Nobody of yours in the register has the address { $x }. Add the person first.
pairs-seen-staff = Seen by you who work with the pair; the two are not told the reason
pairs-was-expected = Meetings are expected about once a month: one was due by { $x }. Agree on a time.
