"""The routes of the database bench with Flask-SQLAlchemy, for Gunicorn."""
import os
import random

from flask import Flask, jsonify, render_template
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"pool_size": 10, "max_overflow": 0}
db = SQLAlchemy(app)


class World(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    random_number = db.Column(db.Integer, nullable=False)


class Fortune(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    message = db.Column(db.Text, nullable=False)


def random_world():
    world = db.session.get(World, random.randint(1, 10_000))
    return {"id": world.id, "randomNumber": world.random_number}


@app.get("/db")
def one():
    return random_world()


@app.get("/queries")
def twenty():
    return jsonify([random_world() for _ in range(20)])


@app.get("/fortunes")
def fortunes():
    found = [{"id": row.id, "message": row.message} for row in Fortune.query.all()]
    found.append({"id": 0, "message": "Additional fortune added at request time."})
    found.sort(key=lambda row: row["message"])
    return render_template("fortunes.html", fortunes=found)
