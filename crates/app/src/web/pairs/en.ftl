pairs-file = pairs
pairs-count = { $n ->
    [0] No pairs
    [one] 1 pair
   *[other] { $shown } pairs
}
pairs-none = No pairs yet. Pairs come about when a matching round is approved.
pairs-open = Open
pairs-is-open = open
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
    [one] One pair has been made.
   *[other] { $shown } pairs have been made.
}
