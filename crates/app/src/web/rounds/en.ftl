rounds-title = Matching rounds
rounds-round = Round
rounds-none = No round yet.
rounds-name = Name
rounds-state = State
rounds-open = in progress
rounds-approved = approved
rounds-pairs = Pairs
rounds-unmatched = Without a mentor
rounds-changed = Changed
rounds-made = Made
rounds-who = Who is in
rounds-counties = Certain counties only
rounds-shared = Mentors may also be proposed to mentees of other organisations
rounds-aim = What is best?
rounds-aim-total = Best total: the pairs that together have most points
rounds-aim-pairs = Most pairs: as many mentees as possible get a mentor, and then the best total
rounds-weights = What counts, in points
rounds-weights-hint = At most 1,000 points together.
rounds-weights-sum = The weights are { $shown } points together. Lower some so that the sum is 1,000 at most.
rounds-rules = Rules in force
rounds-rules-hint = Rules on conflict of interest, approval, agreement, pause and places always hold.
rounds-effect = What the weights give
rounds-figure = Figure
rounds-chosen = With your weights
rounds-starting = With the programmes' own weights
rounds-mean-points = points on average
rounds-make = Match
rounds-show-effect = Show what it gives
rounds-running = Matching in progress
rounds-running-text = Working out the best possible pairs
rounds-cancel = Cancel
rounds-points-of = { $shown } of 1,000 points
rounds-trail = You are here
rounds-to-approval = Look through and approve
rounds-what-if = What if
rounds-scarcity = Which mentors are missing?
rounds-export-file = matching
rounds-show = Show
rounds-show-all = all
rounds-show-unmatched = without a mentor
rounds-show-locked = locked
rounds-show-changed = just changed
rounds-show-withdrawn = left out of the round
rounds-matched = With a mentor
rounds-total = Points
rounds-proof = Proven best
rounds-proof-text = Checked against all { $shown } allowed pairs: no other solution gives more.
rounds-undo = Undo
rounds-see-changed = Show the changed
rounds-no-rows = No row fits what you have chosen to show.
rounds-mentee = Mentee
rounds-mentor = Mentor
rounds-locked = Locked
rounds-proposed = Proposed
rounds-changed-tag = Changed
rounds-withdrawn = Not in the round
rounds-none-found = Without a mentor
rounds-waited = { $n ->
    [one] waited 1 day
   *[other] waited { $shown } days
}
rounds-outbid = { $n ->
    [0] Just as good for the whole, but there were not enough places.
    [one] 1 point is missing for it to be worth while to the whole.
   *[other] { $shown } points are missing for it to be worth while to the whole.
}
rounds-all-locked = No place is left with the mentors whom the rules allow: every place is locked to somebody else or taken away.
rounds-lock = Lock
rounds-lock-who = Lock the pair of { $x }
rounds-unlock = Unlock
rounds-unlock-who = Unlock the pair of { $x }
rounds-forbid = Forbid
rounds-forbid-who = Forbid the pair of { $x }
rounds-return = Bring back
rounds-return-who = Bring { $x } back
rounds-why = Why?
rounds-points = Points
rounds-cost = For the whole
rounds-cost-points = { $x } points
rounds-cost-pairs = pairs: { $x }
rounds-movers = Others who move
rounds-choose = Choose
rounds-choose-who = Choose { $x }
rounds-rows = { $n ->
    [one] 1 mentee
   *[other] { $shown } mentees
}
rounds-moved = { $n ->
    [0] Nobody changed mentor.
    [one] One mentee got another mentor or none.
   *[other] { $shown } mentees got another mentor or none.
}
rounds-total-change = Total: { $x } points.
rounds-pairs-change = Pairs: { $x }.
rounds-profile = Profile
rounds-proposed-mentor = Proposed mentor
rounds-why-none = Why no mentor?
rounds-nobody-allowed = Of { $shown } mentors nobody may be proposed.
rounds-some-allowed = { $n ->
    [one] 1 mentor may be proposed, but is of more use to somebody else.
   *[other] { $shown } mentors may be proposed, but are of more use to others.
}
rounds-closest = Closest was { $x }.
rounds-stopping-rules = Rules and how many mentors they stop
rounds-rule = Rule
rounds-mentors-stopped = Mentors stopped
rounds-ways = Cheapest ways out
rounds-no-ways = There is no single rule that an exception from would be enough.
rounds-other-mentors = Other mentors
rounds-banned = Forbidden pairs
rounds-allow = Allow again
rounds-withdraw = Leave out of the round
rounds-if-chosen = If the pair is chosen:
rounds-others-move = { $n ->
    [0] Nobody else moves.
    [one] One other mentee moves.
   *[other] { $shown } other mentees move.
}
rounds-not-allowed = The pair may not be proposed
rounds-need-by-need = Need by need
rounds-lacks = missing
rounds-reasons = Reasons
rounds-scarcity-text = The list is worked out, not guessed: an imagined mentor of each kind has been tried in each county, and the one that gives the whole most stands first. Each row takes those before it for granted.
rounds-recruit = Recruit in this order
rounds-no-recruits = No new mentor would give anything to this round.
rounds-order = No.
rounds-knows = Knows
rounds-pairs-more = Pairs
rounds-points-more = Points
rounds-by-county = County by county
rounds-map = Mentees without a mentor by county
rounds-without = { $n ->
    [one] 1 without a mentor
   *[other] { $shown } without a mentor
}
rounds-worth = Worth of one more mentor
rounds-what-if-text = Try a change without touching the round. What you have done on the board comes along, and you see who would get another mentor.
rounds-kept-scenarios = Kept
rounds-drop = Remove
rounds-drop-which = Remove { $x }
rounds-the-round = The round
rounds-the-scenario = What if
rounds-differences = { $n ->
    [0] Nobody gets another mentor
    [one] One gets another mentor
   *[other] { $shown } get another mentor
}
rounds-difference-list = Who gets another mentor
rounds-more-differences = And { $shown } more.
rounds-new-scenario = A new change to try
rounds-scenario = Change
rounds-scenario-name = Call it
rounds-one-more-place = One more place with
rounds-nobody = – nobody –
rounds-bend-rules = Other rules
rounds-remote-for-all = Everybody can meet remotely
rounds-without-rule = Without the rule: { $x }
rounds-play = Try
rounds-approval-text = { $n ->
    [0] No proposal is ticked.
    [one] One proposal becomes a pair when you approve.
   *[other] { $shown } proposals become pairs when you approve. Untick those that should wait.
}
rounds-approval-rest = { $n ->
    [one] One mentee is without a mentor and goes on waiting.
   *[other] { $shown } mentees are without a mentor and go on waiting.
}
rounds-approval-closes = The round is closed when you approve. Those not ticked go on waiting and can be in the next round.
rounds-approve = Approve
rounds-none-chosen = No proposal is chosen. Tick at least one.
rounds-alternatives = Other mentors
rounds-alternatives-there = Show them on the mentee's page
rounds-no-others = No other mentor is allowed.
rounds-stopped-by = Mentors stopped by the rule on: { $x }.
rounds-cheapest-way = Cheapest way out:
rounds-relief-place = one more place
rounds-relief-distance = an exception from the distance ({ $shown } km)
rounds-relief-rule = an exception from the rule on { $x }
rounds-takes = What it takes
rounds-give-place = Give one more place
rounds-give-place-hint = Ask the mentor first. A place given here holds for the round; raise the number in the mentor's profile too before you approve.
rounds-try-without = Try without the rule
rounds-lapsed = { $n ->
    [one] One proposal can no longer become a pair: the mentee no longer waits, or the mentor has too few places. It is marked on the page where you approve.
   *[other] { $shown } proposals can no longer become pairs: the mentee no longer waits, or the mentor has too few places. They are marked on the page where you approve.
}
rounds-lapsed-first = { $n ->
    [one] One proposal is not ticked and comes first in the list, with the cause.
   *[other] { $shown } proposals are not ticked and come first in the list, with the cause.
}
rounds-lapse-mentee = No longer waiting.
rounds-lapse-mentor = The mentor has too few places.
rounds-tick-all = Tick all
rounds-tick-none = Untick all
rounds-share-of = Share met: { $x }
rounds-other-scale = Points cannot be compared when the weights differ; the shares can.
rounds-changes-nothing = The change is empty: nothing differs from the round.
rounds-change-place = One more place with { $x }
rounds-scenario-taken = The round already has a change called { $x }. Choose another name.
rounds-own-weights = Each programme has weights and rules of its own; what you change here holds for every programme of the round.
rounds-no-programme = Choose at least one programme.
rounds-raise-places = Raise the places in the mentor's profile, and make a new round
rounds-knows-nearby = knows something close within { $x }
rounds-alternatives-for = Other mentors for { $x }
rounds-undone = Undone: { $x }
rounds-did-lock = { $mentee } – { $mentor } is locked.
rounds-did-unlock = { $mentee } is unlocked.
rounds-did-forbid = { $mentee } – { $mentor } is forbidden.
rounds-did-allow = { $mentee } – { $mentor } is allowed again.
rounds-did-give = { $mentor } has got one more place, for { $mentee }.
rounds-did-withdraw = { $mentee } has been left out of the round.
rounds-did-return = { $mentee } is in the round again.
rounds-did-places = { $mentor } has got another number of places.
rounds-lapsed-one = { $mentee }: { $reason } Nothing has been approved. Untick the proposal, or make a new round.
rounds-became = { $n ->
    [one] The round is approved: one of the proposals below became a pair.
   *[other] The round is approved: { $shown } of the proposals below became pairs.
}
rounds-compare-with = Compare with any mentor, and see what a swap costs
rounds-compare = Compare
rounds-acting = The round is made for
rounds-lapse-gone = One of the two is no longer with you.
rounds-single = Who suits { $x } now?
rounds-single-short = Match now
rounds-single-text = { $n ->
    [one] Nobody else waits for a mentor in the same programme.
   *[other] Worked out with all { $shown } who wait for a mentor in the same programme: each proposal says what it would cost the others.
}
rounds-single-free = Costs nobody else anything.
rounds-single-cost = The others who wait: { $x } points.
rounds-single-cost-pair = The others who wait: { $x } points, and { $pairs } pairs.
rounds-single-ask = Ask { $x }
rounds-single-not-waiting = { $x } does not wait for a mentor.
rounds-lapse-had = One of the two has said no since, or they have been a pair already
