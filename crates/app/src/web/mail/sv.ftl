mail-demo = I demon lämnar inga brev den här datorn. De visas här, med länkar som går att följa.
mail-state = Läge
mail-all = Alla
mail-queued = väntar
mail-attempting = skickas
mail-sent = skickat
mail-refused = avvisat
mail-expired = för sent
mail-dropped = till ingen
mail-unknown = ovisst
mail-count = { $n ->
    [0] Inga brev
    [one] Ett brev
   *[other] { $shown } brev
}
mail-subject = Ämne
mail-to = Till
mail-made = Skrivet
mail-sent-at = Skickat
mail-answer = Mottagande servern sade
mail-back = Alla brev
