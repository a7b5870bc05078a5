"""The routes of the bench in Flask, for Gunicorn."""
import os

from flask import Flask, g, request

app = Flask(__name__)

for number in range(int(os.environ.get("HOOKS", 0))):
    def before(number=number):
        g.seen = number

    def after(response, number=number):
        response.headers["X-Hook"] = str(number)
        return response

    app.before_request(before)
    app.after_request(after)

for number in range(int(os.environ.get("RULES", 0))):
    app.add_url_rule(f"/route-{number}/<name>/edit", f"route-{number}", lambda name: "x")


@app.get("/")
def text():
    return "Hello, World!"


@app.get("/json")
def as_json():
    return {"message": "Hello, World!"}


@app.get("/user/<int:id>")
def user(id):
    return f"user {id}"


@app.post("/echo")
def echo():
    return request.get_json()
