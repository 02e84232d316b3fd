letters-title = Letters
letters-text = Every letter says what must be said. Here you decide who writes, where answers go and what stands last.
letters-sender = The sender's name
letters-answers = Answers go to
letters-closing-sv = Closing words in Swedish
letters-closing-en = Closing words in English
letters-all = What the letters look like
