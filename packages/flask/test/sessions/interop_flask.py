"""The Python side of the interoperability test: reads commands as lines of JSON, answers each with one."""
import json
import sys
from datetime import datetime, timezone
from uuid import UUID

from flask import Flask, flash, get_flashed_messages, session
from markupsafe import Markup

app = Flask(__name__)
app.config["SECRET_KEY"] = "a key that both sides know"

EVERY_KIND = {
    "text": "Größe 😀", "number": 7, "fraction": 1e-07, "nothing": None, "yes": True, "list": [1, {"deep": []}],
    "tuple": (1, ("a", b"\x00\xff")), "bytes": b"\x00\x01\xfe\xff", "markup": Markup("<b>bold</b>"),
    "uuid": UUID("12345678-1234-5678-1234-567812345678"), "when": datetime(2024, 2, 29, 12, 30, 15, tzinfo=timezone.utc),
    "tag-like": {" t": [1]}, "long": "x" * 500,
}


@app.post("/fill")
def fill():
    session.update(EVERY_KIND)
    return "filled"


@app.get("/check")
def check():
    wrong = [key for key, value in EVERY_KIND.items() if session.get(key) != value or type(session.get(key)) is not type(value)]
    return json.dumps(wrong)


@app.post("/flash")
def make_flash():
    flash("Saved.")
    flash(Markup("<i>careful</i>"), "warning")
    return "flashed"


@app.get("/flashes")
def flashes():
    return json.dumps([[category, str(message)] for category, message in get_flashed_messages(with_categories=True)])


@app.post("/permanent")
def permanent():
    session.permanent = True
    session["who"] = "ada"
    return "kept"


@app.get("/permanent")
def is_permanent():
    return json.dumps([session.permanent, session.get("who")])


for line in sys.stdin:
    command = json.loads(line)
    if "key" in command:
        app.config["SECRET_KEY"] = command["key"]
        print(json.dumps({}), flush=True)
        continue
    client = app.test_client(use_cookies=False)
    headers = {"Cookie": f"session={command['cookie']}"} if command.get("cookie") else {}
    answer = client.open(command["path"], method=command["method"], headers=headers)
    cookie = next((h.split(";")[0].partition("=")[2] for h in answer.headers.getlist("Set-Cookie")), None)
    print(json.dumps({"status": answer.status_code, "body": answer.get_data(as_text=True), "cookie": cookie}), flush=True)
