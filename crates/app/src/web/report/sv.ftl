report-file = redovisning
report-from = Från och med
report-until = Till och med
report-by = Uppdelat på
report-total = Alla
report-none = Inget att räkna under de här dagarna.
report-text = Räknat på det som är inskrivet just nu. Varje siffra öppnar sina rader. Ansökningar och antagna är adepter; pågående par är de som pågår på sista dagen; den som väntar nu väntar i dag, vilka dagar du än väljer.
report-show-all = Visa alla
