mail-demo = In the demo no mail leaves this machine. Mails are shown here, with links that can be followed.
mail-state = State
mail-all = All
mail-queued = waits
mail-attempting = being sent
mail-sent = sent
mail-refused = refused
mail-expired = too late
mail-dropped = to nobody
mail-unknown = unknown
mail-count = { $n ->
    [0] No mails
    [one] One mail
   *[other] { $shown } mails
}
mail-subject = Subject
mail-to = To
mail-made = Written
mail-sent-at = Sent
mail-answer = The receiving server said
mail-back = All mails
