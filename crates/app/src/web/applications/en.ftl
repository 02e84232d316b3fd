applications-count = { $n ->
    [0] No applications here.
    [one] One application
   *[other] { $shown } applications
}
applications-sent = Came in
applications-part = Wants to be
applications-doubles = Known already
applications-no-doubles = Nobody else of yours has the same address or organisation number.
applications-double-email = the same e-mail address
applications-double-number = the same organisation number
applications-rules = Conditions
applications-yes = Met, says the applicant
applications-no = Not ticked
applications-accept = Accept
applications-accept-mentee = The mentee joins the waiting list from the day the form was sent, and gets a mail.
applications-accept-mentor = The mentor is added and gets a mail. Approve the mentor in the list once you have talked.
applications-decline = Decline
applications-reason = More about it, which the applicant will read
applications-no-reason = Choose why, or write it. The applicant will read it.
applications-faulty = The answers are not enough to accept: something required is missing. Get in touch with the applicant.
applications-known = The person is in the register already. Make changes there instead, and decline or keep this application.
applications-result = Open the person
applications-answers = The applicant's answers
applications-why = Why
applications-interview = Interview
applications-interview-text = Go through this together, and change what you find out is different. What the form says is kept beside it.
applications-interview-day = On which day did you talk?
applications-interview-words = What else is to be remembered?
applications-interview-hint = Needs behind the needs, what has been tried, limits, conflicts of interest. The applicant can read it in their own data.
applications-interview-write = Write down the interview
applications-interview-edit = Change the record
applications-interview-book = Propose a time
applications-interview-changed = Changed since the form:
applications-no-day = Choose the day on which you talked, today at the latest.
