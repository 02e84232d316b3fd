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
applications-reason = The reason, which the applicant will read
applications-no-reason = Write a reason. The applicant will read it.
applications-faulty = The answers are not enough to accept: something required is missing. Get in touch with the applicant.
applications-known = The person is in the register already. Make changes there instead, and decline or keep this application.
applications-result = Open the person
applications-answers = The applicant's answers
