letters-title = Brev
letters-text = Varje brev säger det som måste sägas. Här bestämmer ni vem som skriver, vart svar går och vad som står sist.
letters-sender = Avsändarens namn
letters-answers = Svar går till
letters-closing-sv = Avslutning på svenska
letters-closing-en = Avslutning på engelska
letters-all = Så ser breven ut
