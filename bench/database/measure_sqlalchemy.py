"""SQLAlchemy's part of the database bench: prints the same figures as measure.ts. Arguments: FILE SECONDS."""
import json
import resource
import sys
import time

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, create_engine, select, text
from sqlalchemy.orm import Session, declarative_base, relationship, selectinload

FILE, SECONDS = sys.argv[1], float(sys.argv[2])
INSERTED, LISTED, CHILDREN = 10_000, 1000, 1000
Base = declarative_base()


class Person(Base):
    __tablename__ = "person"
    id = Column(Integer, primary_key=True)
    name = Column(String(80), nullable=False)
    email = Column(String(120), nullable=False)
    age = Column(Integer, nullable=False)
    active = Column(Boolean, nullable=False)


class Parent(Base):
    __tablename__ = "parent"
    id = Column(Integer, primary_key=True)
    name = Column(String(80), nullable=False)
    children = relationship("Child", back_populates="parent")


class Child(Base):
    __tablename__ = "child"
    id = Column(Integer, primary_key=True)
    name = Column(String(80), nullable=False)
    parent_id = Column(Integer, ForeignKey("parent.id"), nullable=False)
    parent = relationship("Parent", back_populates="children")


engine = create_engine(f"sqlite:///{FILE}", future=True)
first_persons = select(Person).order_by(Person.id).limit(LISTED)
all_parents = select(Parent).options(selectinload(Parent.children))


def clear():
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM person"))


def insert():
    with Session(engine, future=True) as session:
        session.add_all(
            Person(name=f"person {n}", email=f"person{n}@example.com", age=20 + n % 60, active=n % 3 != 0)
            for n in range(INSERTED)
        )
        session.commit()


def by_key():
    with Session(engine, future=True) as session:
        found = [session.get(Person, key) for key in range(1, INSERTED + 1)]
        assert None not in found


def list_json():
    with Session(engine, future=True) as session:
        rows = session.scalars(first_persons).all()
        return json.dumps(
            [{"id": p.id, "name": p.name, "email": p.email, "age": p.age, "active": p.active} for p in rows]
        )


def update():
    with Session(engine, future=True) as session:
        for person in session.scalars(first_persons).all():
            person.age += 1
        session.commit()


def eager():
    with Session(engine, future=True) as session:
        parents = session.scalars(all_parents).all()
        assert sum(len(parent.children) for parent in parents) == CHILDREN


def per_second(operations, task, before=lambda: None):
    spent, fastest, run = 0.0, float("inf"), 0
    while run < 3 or spent < SECONDS:
        before()
        begin = time.perf_counter()
        task()
        took = time.perf_counter() - begin
        spent, fastest, run = spent + took, min(fastest, took), run + 1
    return operations / fastest


figures = {
    "insert": per_second(INSERTED, insert, clear),
    "byKey": per_second(INSERTED, by_key),
    "list": per_second(1, list_json),
    "update": per_second(LISTED, update),
    "eager": per_second(1, eager),
    "rssKb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
}
print(json.dumps(figures))
