"""Reads calendar files and calendar mails with a parser that is not ours, and talks to a calendar server.

Takes a JSON list of orders on standard input and prints the list of answers.
"""

import json
import sys
from email import message_from_bytes, policy
from http.client import HTTPConnection
from urllib.parse import urlsplit
from xml.etree import ElementTree
from xml.sax.saxutils import quoteattr
from zoneinfo import ZoneInfo

from icalendar import Calendar

SWEDEN = ZoneInfo("Europe/Stockholm")
CALDAV = "urn:ietf:params:xml:ns:caldav"


def raw_faults(data):
    """What is wrong with the bytes, before anybody parses them (RFC 5545, 3.1)."""
    lines = data.split(b"\r\n")
    faults = [] if lines.pop() == b"" else ["the last line does not end"]
    for line in lines:
        if len(line) > 75:
            faults.append(f"{len(line)} octets: {line!r}")
        # A tab is the one control character that may stand in a value; a lone CR or LF would be a line of its own.
        if any(octet < 32 and octet != 9 or octet == 127 for octet in line):
            faults.append(f"control character: {line!r}")
        try:
            line.decode()
        except UnicodeDecodeError:
            faults.append(f"cut within a letter: {line!r}")
    return faults


def time(event, name):
    """A time as it is written, and as clocks in Sweden show it by rules that are not ours."""
    value = event[name]
    written = value.to_ical().decode()
    there = value.dt.astimezone(SWEDEN) if getattr(value.dt, "tzinfo", None) else value.dt
    return {"written": written, "zone": value.params.get("TZID"), "there": there.strftime("%Y-%m-%dT%H:%M")}


def person(value):
    return {"address": str(value), **{key: str(of) for key, of in value.params.items()}}


def people(event, name):
    values = event.get(name, [])
    return [person(value) for value in (values if isinstance(values, list) else [values])]


def misplaced(component):
    """What must be there and is not, and what may be there once and is there more often."""
    names = [name for name, _ in component.property_items(recursive=False) if name not in ("BEGIN", "END")]
    return [f"no {name}" for name in component.required if name not in names] + [
        f"{names.count(name)} {name}" for name in component.singletons if names.count(name) > 1
    ]


def read(data):
    """One file as the parser understands it."""
    calendar = Calendar.from_ical(data)
    faults = raw_faults(data)
    for component in calendar.walk():
        faults += [f"{component.name}: {error}" for error in component.errors] + misplaced(component)
    return {
        "faults": faults,
        "folded": data.count(b"\r\n ") > 0,
        "version": calendar.get("VERSION"),
        "method": calendar.get("METHOD"),
        "inside": [component.name for component in calendar.subcomponents],
        "events": [
            {
                "uid": str(event["UID"]),
                "sequence": int(event.get("SEQUENCE", 0)),
                "status": event.get("STATUS"),
                "summary": str(event.get("SUMMARY", "")),
                "location": str(event.get("LOCATION", "")),
                "description": str(event.get("DESCRIPTION", "")),
                "starts": time(event, "DTSTART"),
                "ends": time(event, "DTEND"),
                "stamp": event["DTSTAMP"].to_ical().decode(),
                "organizer": people(event, "ORGANIZER"),
                "attendees": people(event, "ATTENDEE"),
                "names": sorted({name for name, _ in event.property_items() if name not in ("BEGIN", "END")}),
            }
            for event in calendar.walk("VEVENT")
        ],
    }


def mail(text):
    """The calendar files of a mail, each with how it is attached."""

    def parts(message, within):
        if message.is_multipart():
            for part in message.iter_parts():
                yield from parts(part, message.get_content_type())
        elif message.get_content_type() in ("text/calendar", "application/ics"):
            data = message.get_payload(decode=True)
            yield {
                "kind": message.get_content_type(),
                "within": within,
                "method": message["content-type"].params.get("method"),
                "charset": message.get_content_charset(),
                "name": message.get_filename(),
                "disposition": message.get_content_disposition(),
                "text": data.decode(),
                "file": read(data),
            }

    return list(parts(message_from_bytes(text.encode(), policy=policy.default), None))


def ask(method, url, body=b"", **headers):
    parts = urlsplit(url)
    connection = HTTPConnection(parts.hostname, parts.port, timeout=20)
    try:
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, parts.path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def make(url):
    """Makes a calendar, and the folder of whose it is."""
    owner = url.rstrip("/").rpartition("/")[0] + "/"
    if ask("PROPFIND", owner, depth="0")[0] == 404:
        ask("MKCOL", owner)
    return ask("MKCALENDAR", url)[0]


def put(url, text):
    """Puts a file on the server, without its method: what is stored must have none (RFC 4791, 4.1)."""
    lines = [line for line in text.split("\r\n") if not line.startswith("METHOD:")]
    return ask("PUT", url, "\r\n".join(lines).encode(), content_type="text/calendar; charset=utf-8")[0]


def single(text):
    """Each event of a file as a file of its own, cut out of the text as it stands, so that our bytes are tried."""
    head, *rest = text.split("BEGIN:VEVENT\r\n")
    last = "END:VEVENT\r\n"
    events = [event[: event.index(last) + len(last)] for event in rest]
    return [f"{head}BEGIN:VEVENT\r\n{event}END:VCALENDAR\r\n" for event in events]


def put_each(url, text):
    """Puts each event of a file as a resource of its own and gets it back."""
    answers = []
    for at, file in enumerate(single(text)):
        place = f"{url}{at}.ics"
        answers.append({"status": put(place, file), "back": read(ask("GET", place)[1])["events"]})
    return answers


def between(url, starts, ends):
    """What the server itself finds between two moments."""
    window = f"<c:time-range start={quoteattr(starts)} end={quoteattr(ends)}/>"
    query = (
        f'<c:calendar-query xmlns:d="DAV:" xmlns:c="{CALDAV}"><d:prop><c:calendar-data/></d:prop><c:filter>'
        f'<c:comp-filter name="VCALENDAR"><c:comp-filter name="VEVENT">{window}</c:comp-filter></c:comp-filter>'
        "</c:filter></c:calendar-query>"
    )
    status, body = ask("REPORT", url, query.encode(), depth="1", content_type="application/xml; charset=utf-8")
    if status != 207:
        raise SystemExit(f"the calendar server answered {status}: {body.decode()}")
    found = ElementTree.fromstring(body).iter(f"{{{CALDAV}}}calendar-data")
    return [event for data in found for event in read(data.text.replace("\r\n", "\n").replace("\n", "\r\n").encode())["events"]]


def main():
    orders = {"read": lambda text: read(text.encode()), "mail": mail, "make": make, "put": put, "each": put_each, "between": between}
    print(json.dumps([orders[name](*values) for name, *values in json.load(sys.stdin)]))


main()
