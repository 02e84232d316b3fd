pairs-file = mentorpar
pairs-count = { $n ->
    [0] Inga par
    [one] 1 par
   *[other] { $shown } par
}
pairs-none = Inga par än. Par blir till när en matchningsomgång godkänns.
pairs-open = Pågående
pairs-is-open = pågår
pairs-started = Började
pairs-closed = Slutade

export-sheet = Förslag
export-mentee = Adept
export-mentee-email = Adeptens e-post
export-municipality = Kommun
export-mentor = Mentor
export-mentor-email = Mentorns e-post
export-mentor-municipality = Mentorns kommun
export-points = Poäng
export-state = Läge
export-reasons = Skäl
export-locked = låst
export-proposed = förslag
export-unmatched = utan mentor
export-withdrawn = inte med
pairs-made = { $n ->
    [one] Ett par är skapat.
   *[other] { $shown } par är skapade.
}
