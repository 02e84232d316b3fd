report-file = report
report-from = From
report-until = Until
report-by = By
report-total = All
report-none = Nothing to count in these days.
report-text = Counted from what is entered at this moment. Each figure opens its rows. Applications and accepted are mentees; active pairs are those active on the last day; who waits now waits today, whatever days you choose.
report-show-all = Show all
