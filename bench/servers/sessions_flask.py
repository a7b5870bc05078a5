"""A view that reads and writes the session, for Gunicorn."""
from flask import Flask, session

app = Flask(__name__)
app.secret_key = "a secret of thirty-two characters"


@app.get("/")
def index():
    visits = session.get("visits", 0) + 1
    session["visits"] = visits
    session["user"] = "ada"
    return f"visit {visits}"
