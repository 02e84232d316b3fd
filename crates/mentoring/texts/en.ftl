## Why a pair fits, to the mentor, to the mentee, or to whoever works with the programme

who-is = { $to ->
    [mentor] you are
   *[other] the mentor is
}
who-has = { $to ->
    [mentor] you have
   *[other] the mentor has
}
who-has-first = { $to ->
    [mentor] You have
   *[other] The mentor has
}
who-knows-first = { $to ->
    [mentor] You know
   *[other] The mentor knows
}
who-mentor-first = { $to ->
    [mentor] You
   *[other] The mentor
}
who-likes = { $to ->
    [mentor] you like
   *[other] the mentor likes
}
who-both = { $to ->
    [staff] they
   *[other] you
}
who-both-first = { $to ->
    [staff] They
   *[other] You
}
who-needs = { $to ->
    [mentee] You need
    [mentor] The mentee needs
   *[other] Needs
}
who-goal = { $to ->
    [mentee] Your goal is
   *[other] The goal is
}
who-is-in = { $to ->
    [mentor] You are { $km } km from each other
   *[other] The mentor is in { $place }, { $km } km away
}
reason-need-expert = { who-needs } { $competence }; { who-is } an expert in it.
reason-need-experienced = { who-needs } { $competence }; { who-is } experienced.
reason-need-some = { who-needs } { $competence }; { who-has } some experience.
reason-need-nearby = { who-needs } { $competence }; { $to ->
    [mentor] you know
   *[other] the mentor knows
} something close within { $area }.
reason-need-missing = { who-needs } { $competence }; { $to ->
    [mentor] it is not your field
   *[other] the mentor lacks it
}.
reason-value-same = The same view of { $value } ({ $mentee } of 5).
reason-value-near = Almost the same view of { $value } ({ $mentee } and { $mentor } of 5).
reason-value-apart = Somewhat different views of { $value } ({ $mentee } and { $mentor } of 5).
reason-value-opposite = Different views of { $value } ({ $mentee } and { $mentor } of 5).
reason-goal-shared = { who-goal } to { $goal }, which { who-likes } to help with.
reason-goal-missing = { who-goal } to { $goal }, which is not what { who-likes } best to help with.
reason-stage-known = { who-has-first } experience of companies at the same stage: { $stage }.
reason-stage-near = { who-has-first } experience of the stage next to { $stage }.
reason-stage-unknown = { who-has-first } no experience of the stage { $stage }.
reason-size-known = { who-has-first } experience of companies with { $size }.
reason-size-near = { who-has-first } experience of companies of nearly the same size ({ $size }).
reason-size-unknown = { who-has-first } no experience of companies with { $size }.
reason-industry-same = { who-knows-first } the industry: { $industry }.
reason-industry-related = { who-knows-first } a related industry ({ $industry }).
reason-industry-other = { $to ->
    [mentor] You come
   *[other] The mentor comes
} from another industry than { $industry }.
reason-reach-same = { $to ->
    [staff] Both are
   *[other] You are both
} in { $place }.
reason-reach-near = { who-is-in }.
reason-reach-remote = { who-is-in }; { who-both } can meet remotely.
reason-reach-never = { who-is-in }: too far.
reason-times-common = { $to ->
    [staff] Both can
   *[other] You can both
} meet: { $times }.
reason-times-none = { who-both-first } have no time of the week in common.
reason-tongues-common = Language in common: { $tongues }.
reason-tongues-none = { who-both-first } have no language in common.
reason-gender-met = The wish for the mentor's gender ({ $gender }) is met.
reason-gender-missing = The wish for the mentor's gender ({ $gender }) is not met.
reason-interest-shared = { who-mentor-first } would rather work with { $area }.
reason-interest-other = { who-mentor-first } would rather work with something else than { $area }.

## Why a pair may not be proposed

broken-programme = The mentor does not take part in { $programme }.
broken-other-programme = The mentee has applied for another programme than the round's.
broken-paired = The mentee already has a mentor in the programme.
broken-approved = The mentor is not approved yet.
broken-agreement-missing = The mentor has not accepted the code of conduct and confidentiality.
broken-agreement-expired = The mentor's acceptance of the code of conduct and confidentiality expired on { $day }.
broken-paused = The mentor is on a pause until { $day }.
broken-capacity = The mentor has no free place: { $pairs } of { $places } are taken.
broken-language = They have no language in common that is enough to talk about work.
broken-distance = The mentor is in { $place }, { $km } km away, and they cannot meet remotely. The mentee's limit: { $reach }.
broken-distance-no-remote = The mentor is in { $place }, { $km } km away, and the mentee does not want to meet remotely. The mentee's limit: { $reach }.
broken-gender = The mentee only wants a mentor of this gender: { $gender }.
broken-competitor = The mentor's own company is in the same industry and county ({ $industry }): a direct competitor.
broken-conflict = Conflict of interest: the mentor has an interest in the mentee's company.
broken-earlier = They have been a pair before, or one of them has said no.
broken-excluded = The mentee has excluded the mentor.
broken-organisation = The mentor belongs to another organisation, and mentors are not shared in this round.

## Why an act on the match board cannot be done

act-no-mentee = The mentee is not in the round. Reload the page.
act-no-mentor = The mentor cannot be proposed in the round. Reload the page.
act-already-locked = The pair is locked already.
act-no-place = { $mentor } has no more places to lock. Give the mentor one more place or unlock somebody else.
act-locked = { $mentee } is locked to { $mentor }. Unlock first.
act-not-allowed = { $mentee } and { $mentor } may not be a pair: a rule or a ban stops it.
act-withdrawn = { $mentee } is not in the round. Bring the mentee back first.
act-not-banned = The pair is not forbidden by hand. Rules cannot be lifted on the board.

## Why something cannot be done with a pair

pair-other-is-asked = It is the other one who is asked now.
pair-answered = Both have said yes already.
pair-lapsed-already = The time to answer is over, and the proposal has gone back. Do you still want to? Tell the coordinator.
pair-over = This has ended and cannot be changed.
pair-not-agreeing = Both have accepted the agreement already, or have not both said yes yet.
pair-agreed-already = You have accepted the agreement already.
pair-has-begun = The pair has begun. End it early instead.
pair-not-begun = The pair has not begun yet.
pair-not-answered = Not both have answered yet. Take the proposal back instead.
pair-pauses = The pair is on a break already.
pair-no-pause = The pair is not on a break.
pair-pause-past = The last day of the break has passed. Choose a later day.
pair-pause-long = A break lasts half a year at most. Choose an earlier day, or end the pair.
pair-extension-short = Choose a day after the last day planned.
pair-extension-long = A pair is extended by a year at most at a time. Choose an earlier day.
pair-nothing-due = There is nothing to do with the pair today.
pair-not-evaluated = Neither of the two has answered the evaluation yet. The pair can be closed when somebody has, or ended early.
pair-never-met = No meeting is noted. Note a meeting if they have met, or end the pair early.
meeting-to-come = That day is still to come. Enter the meeting when you have met.
meeting-before = That day is before the proposal. Choose a later day.
meeting-length = A meeting is between 5 minutes and 12 hours. Enter how long you met, in minutes.
mentor-rest-long = Here you can rest for half a year at most. Choose an earlier day, or tell the coordinator.
booking-past = That time has been already. Choose one to come.
booking-far = That time is more than a year away. Choose an earlier one.
booking-times = Propose one to three times.
booking-place = The place is at most 300 characters on one line.
booking-link = The link to the video meeting begins with https://.
booking-no-place = Write where you are to meet, or choose telephone or video.
booking-no-link = Paste the link of the video meeting, or choose telephone.
booking-over = This is settled already. Book a new time instead.
booking-begun = The time has come already. Book a new time instead.
booking-chosen = A time has been chosen already.
booking-own = You proposed these times yourself. Wait for an answer, or propose others.
booking-other-time = That time is not proposed any more. Choose one of the times below.
booking-none = No time is booked.
booking-to-come = It is still to come.
entry-empty = Write something, or choose a file.
entry-long = That is too long. At most 5,000 characters fit; divide it.
entry-day = Choose a day from today until two years from now.
entry-not-done = This is nothing that gets done.
entry-not-yours = The other one has written this. Only whoever has written can remove.
entry-file-large = The file is too large. At most 10 MB fit; make it smaller, or share a link.
entry-files-full = There are 100 MB of files here already. Remove one first.
entry-over = The pair has ended. What has been written can be read and fetched, and you can remove what is yours, but nothing new is written here.
flag-undo-late = That was more than an hour ago and cannot be undone. Do something else about it instead.
flag-undo-sent = The reminder has gone out to both and cannot be undone.
flag-undo-nothing = There is nothing to undo.
sign-met = { $n ->
    [0] Met today
    [one] Met yesterday
   *[other] Met { $n } days ago
}
sign-not-met = { $n ->
    [one] No meeting for a day
   *[other] No meeting for { $n } days
}
sign-booked = The next meeting is booked
sign-not-booked = No next meeting is booked
sign-answers = How it goes: mentor { $mentor }, mentee { $mentee } of 5
sign-answer-mentor = How it goes: the mentor { $x } of 5; the mentee has not answered
sign-answer-mentee = How it goes: the mentee { $x } of 5; the mentor has not answered
sign-flags = { $n ->
    [one] One thing to see to
   *[other] { $n } things to see to
}
sign-over = { $n ->
    [one] One day past the last day
   *[other] { $n } days past the last day
}
companion-other-company = Only somebody with the same organisation number as the mentee's company can take part. Check the numbers.
companion-other-programme = That person has applied for another programme.
companion-not-waiting = That person has a mentor already, or is not on the waiting list.
companion-no-place = That mentor has no free place.
companion-there = That person takes part in the pair already.
companion-agreed = The agreement has been accepted already.
