"""Records what Python's SQLAlchemy makes of scripted sessions: `python3 record.py > sqlalchemy.jsonl`."""
import json
import sys

from sqlalchemy import (Boolean, Column, Float, ForeignKey, Integer, String, Table, and_, create_engine, delete, distinct, exists, func,
                        not_, or_, select, text, update)
from sqlalchemy.orm import Session, backref, declarative_base, joinedload, relationship, selectinload

Base = declarative_base()

post_tag = Table("post_tag", Base.metadata, Column("post_id", ForeignKey("post.id"), primary_key=True),
                 Column("tag_id", ForeignKey("tag.id"), primary_key=True))


class User(Base):
    __tablename__ = "user"
    id = Column(Integer, primary_key=True)
    name = Column(String(40), unique=True, nullable=False)
    age = Column(Integer)
    active = Column(Boolean, default=True, nullable=False)
    score = Column(Float)
    posts = relationship("Post", back_populates="author", cascade="all, delete-orphan", order_by="Post.id")
    profile = relationship("Profile", back_populates="user", uselist=False, cascade="all, delete-orphan")


class Profile(Base):
    __tablename__ = "profile"
    id = Column(Integer, primary_key=True)
    name = Column(String(40), nullable=False)
    user_id = Column(Integer, ForeignKey("user.id"), unique=True)
    user = relationship("User", back_populates="profile")


class Post(Base):
    __tablename__ = "post"
    id = Column(Integer, primary_key=True)
    name = Column(String(40), nullable=False)
    likes = Column(Integer, default=0)
    user_id = Column(Integer, ForeignKey("user.id"))
    author = relationship("User", back_populates="posts")
    tags = relationship("Tag", secondary=post_tag, back_populates="posts", order_by="Tag.id")


class Tag(Base):
    __tablename__ = "tag"
    id = Column(Integer, primary_key=True)
    name = Column(String(40), unique=True, nullable=False)
    posts = relationship("Post", secondary=post_tag, back_populates="tags", order_by="Post.id")


class Node(Base):
    __tablename__ = "node"
    id = Column(Integer, primary_key=True)
    name = Column(String(40), nullable=False)
    parent_id = Column(Integer, ForeignKey("node.id"))
    children = relationship("Node", order_by="Node.id", backref=backref("parent", remote_side=[id]))


class Doc(Base):
    __tablename__ = "doc"
    id = Column(Integer, primary_key=True)
    name = Column(String(40), nullable=False)
    version = Column(Integer, nullable=False)
    __mapper_args__ = {"version_id_col": version}


CLASSES = {cls.__name__: cls for cls in (User, Profile, Post, Tag, Node, Doc)}
OPERATORS = {
    "==": lambda a, b: a == b, "!=": lambda a, b: a != b, "<": lambda a, b: a < b, "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b, ">=": lambda a, b: a >= b, "in": lambda a, b: a.in_(b), "not in": lambda a, b: a.not_in(b),
    "like": lambda a, b: a.like(b), "ilike": lambda a, b: a.ilike(b), "is null": lambda a, b: a.is_(None),
    "is not null": lambda a, b: a.is_not(None), "between": lambda a, b: a.between(*b), "startswith": lambda a, b: a.startswith(b),
    "endswith": lambda a, b: a.endswith(b), "contains": lambda a, b: a.contains(b),
}


def show(value):
    if isinstance(value, Base):
        state = value.__dict__.get("name")
        return f"{type(value).__name__}:{state if state is not None else value.name}"
    if isinstance(value, (list, tuple)):
        return [show(item) for item in value]
    if hasattr(value, "_fields") or type(value).__name__ == "Row":
        return [show(item) for item in value]
    return value


class Runner:
    def __init__(self):
        self.engine = create_engine("sqlite://")
        Base.metadata.create_all(self.engine)
        self.session = Session(self.engine, future=True)
        self.names = {}
        self.savepoints = []

    def value(self, raw):
        if isinstance(raw, dict) and "ref" in raw:
            return self.names[raw["ref"]]
        if isinstance(raw, dict) and "refs" in raw:
            return [self.names[name] for name in raw["refs"]]
        return raw

    def column(self, path):
        cls, name = path.split(".")
        return getattr(CLASSES[cls], name)

    def condition(self, raw):
        head = raw[0]
        if head == "and":
            return and_(*map(self.condition, raw[1:]))
        if head == "or":
            return or_(*map(self.condition, raw[1:]))
        if head == "not":
            return not_(self.condition(raw[1]))
        if head == "any":
            return self.column(raw[1]).any(self.condition(raw[2]))
        if head == "has":
            return self.column(raw[1]).has(self.condition(raw[2]))
        return OPERATORS[raw[1]](self.item(head), raw[2] if len(raw) > 2 else None)

    def item(self, raw):
        if isinstance(raw, str):
            return self.column(raw) if "." in raw else CLASSES[raw]
        name, argument = raw
        if name == "desc":
            return self.item(argument).desc()
        if name == "distinct":
            return distinct(self.item(argument))
        if name == "count" and argument == "*":
            return func.count()
        if name == "add":
            return self.item(argument[0]) + argument[1]
        if name == "concat":
            return self.item(argument[0]).concat(argument[1])
        return getattr(func, name)(self.item(argument))

    def select(self, spec):
        statement = select(*[self.item(item) for item in spec["select"]])
        if "from" in spec:
            statement = statement.select_from(self.item(spec["from"]))
        for path in spec.get("join", []):
            statement = statement.join(self.column(path))
        for path in spec.get("outerjoin", []):
            statement = statement.outerjoin(self.column(path))
        for raw in spec.get("where", []):
            statement = statement.where(self.condition(raw))
        if "group_by" in spec:
            statement = statement.group_by(*[self.item(item) for item in spec["group_by"]])
        for raw in spec.get("having", []):
            statement = statement.having(self.condition(raw))
        if "order_by" in spec:
            statement = statement.order_by(*[self.item(item) for item in spec["order_by"]])
        if "limit" in spec:
            statement = statement.limit(spec["limit"])
        if "offset" in spec:
            statement = statement.offset(spec["offset"])
        if spec.get("distinct"):
            statement = statement.distinct()
        for kind, path in spec.get("load", []):
            statement = statement.options({"joined": joinedload, "selectin": selectinload}[kind](self.column(path)))
        return statement

    def op_new(self, name, cls, values):
        self.names[name] = CLASSES[cls](**{key: self.value(raw) for key, raw in values.items()})

    def op_add(self, *names):
        self.session.add_all([self.names[name] for name in names])

    def op_delete(self, name):
        self.session.delete(self.names[name])

    def op_set(self, name, key, raw):
        setattr(self.names[name], key, self.value(raw))

    def op_append(self, name, key, other):
        getattr(self.names[name], key).append(self.names[other])

    def op_remove(self, name, key, other):
        getattr(self.names[name], key).remove(self.names[other])

    def op_read(self, name, key):
        return show(getattr(self.names[name], key))

    def op_flush(self):
        self.session.flush()

    def op_commit(self):
        self.session.commit()

    def op_rollback(self):
        self.session.rollback()

    def op_close(self):
        self.session.close()

    def op_begin_nested(self):
        self.savepoints.append(self.session.begin_nested())

    def op_release(self):
        self.savepoints.pop().commit()

    def op_rollback_to(self):
        self.savepoints.pop().rollback()

    def op_expire(self, name):
        self.session.expire(self.names[name])

    def op_refresh(self, name):
        self.session.refresh(self.names[name])

    def op_expunge(self, name):
        self.session.expunge(self.names[name])

    def op_merge(self, name, other):
        self.names[name] = self.session.merge(self.names[other])

    def op_get(self, name, cls, key):
        self.names[name] = self.session.get(CLASSES[cls], key)
        return show(self.names[name])

    def op_same(self, one, other):
        return self.names[one] is self.names[other]

    def op_counts(self):
        return [len(self.session.new), len(self.session.dirty), len(self.session.deleted)]

    def op_in_session(self, name):
        return self.names[name] in self.session

    def op_autoflush(self, on):
        self.session.autoflush = on

    def op_all(self, spec):
        result = self.session.execute(self.select(spec))
        if spec.get("load"):
            result = result.unique()
        return [show(list(row)) for row in result.all()]

    def op_scalars(self, spec):
        result = self.session.execute(self.select(spec))
        if spec.get("load"):
            result = result.unique()
        return show(result.scalars().all())

    def op_scalar(self, spec):
        return show(self.session.execute(self.select(spec)).scalar())

    def op_one(self, spec):
        return show(self.session.execute(self.select(spec)).scalars().one())

    def op_one_or_none(self, spec):
        return show(self.session.execute(self.select(spec)).scalars().one_or_none())

    def op_first(self, spec):
        return show(self.session.execute(self.select(spec)).scalars().first())

    def op_exists(self, cls, condition):
        return self.session.execute(select(exists().where(self.condition(condition)))).scalar()

    def op_find(self, name, spec):
        self.names[name] = self.session.execute(self.select(spec)).scalars().first()
        return show(self.names[name])

    def op_update_where(self, cls, condition, values):
        self.session.execute(update(CLASSES[cls]).where(self.condition(condition)).values(**values).execution_options(synchronize_session="fetch"))

    def op_delete_where(self, cls, condition):
        self.session.execute(delete(CLASSES[cls]).where(self.condition(condition)).execution_options(synchronize_session="fetch"))

    def op_bulk_insert(self, cls, rows):
        self.session.bulk_insert_mappings(CLASSES[cls], rows)

    def op_text(self, sql, parameters):
        result = self.session.execute(text(sql), parameters)
        return [list(row) for row in result.all()] if result.returns_rows else None

    def run(self, steps):
        results = []
        for name, *arguments in steps:
            try:
                results.append(getattr(self, f"op_{name}")(*arguments))
            except Exception as error:
                results.append({"error": type(error).__name__})
        self.session.close()
        with self.engine.connect() as connection:
            tables = {table.name: [list(row) for row in connection.execute(table.select().order_by(*table.primary_key.columns))]
                      for table in Base.metadata.sorted_tables}
        return {"results": results, "tables": {name: rows for name, rows in tables.items() if rows}}


def people(*names):
    return [["new", name, "User", {"name": name, "age": 20 + 5 * i, "score": i + 0.5}] for i, name in enumerate(names)]


SEED = [
    *people("ada", "bob", "cyd", "dan"),
    ["new", "t1", "Tag", {"name": "red"}], ["new", "t2", "Tag", {"name": "blue"}], ["new", "t3", "Tag", {"name": "green"}],
    ["new", "p1", "Post", {"name": "one", "likes": 3, "author": {"ref": "ada"}, "tags": {"refs": ["t1", "t2"]}}],
    ["new", "p2", "Post", {"name": "two", "likes": 1, "author": {"ref": "ada"}, "tags": {"refs": ["t2"]}}],
    ["new", "p3", "Post", {"name": "three", "likes": 7, "author": {"ref": "bob"}}],
    ["new", "p4", "Post", {"name": "four", "likes": 3}],
    ["new", "f1", "Profile", {"name": "about ada", "user": {"ref": "ada"}}],
    ["add", "ada", "bob", "cyd", "dan", "t1", "t2", "t3", "p4"],
    ["set", "dan", "age", None], ["commit"],
]
ALL = {}


def scenario(name, *steps, seed=True):
    assert name not in ALL, name
    ALL[name] = [*(SEED if seed else []), *steps]


def users(**spec):
    return {"select": ["User"], "order_by": ["User.id"], **spec}


def conditions():
    cases = {
        "eq": ["User.name", "==", "bob"], "ne": ["User.name", "!=", "bob"], "lt": ["User.age", "<", 25], "le": ["User.age", "<=", 25],
        "gt": ["User.age", ">", 25], "ge": ["User.age", ">=", 25], "in": ["User.name", "in", ["ada", "dan"]], "in-empty": ["User.name", "in", []],
        "not-in": ["User.name", "not in", ["ada"]], "not-in-empty": ["User.name", "not in", []], "like": ["User.name", "like", "%a%"],
        "ilike": ["User.name", "ilike", "%A%"], "null": ["User.age", "is null"], "not-null": ["User.age", "is not null"],
        "between": ["User.age", "between", [20, 25]], "starts": ["User.name", "startswith", "b"], "ends": ["User.name", "endswith", "d"],
        "contains": ["User.name", "contains", "y"], "eq-null": ["User.age", "==", None], "ne-null": ["User.age", "!=", None],
        "bool": ["User.active", "==", True], "float": ["User.score", ">", 1.0],
        "and": ["and", ["User.age", ">", 20], ["User.age", "<", 30]], "or": ["or", ["User.age", "<", 21], ["User.name", "==", "dan"]],
        "not": ["not", ["User.name", "==", "ada"]], "nested": ["or", ["and", ["User.age", ">=", 20], ["User.age", "<", 25]], ["not", ["User.age", "is not null"]]],
        "any": ["any", "User.posts", ["Post.likes", ">", 2]], "any-m2m": ["any", "Post.tags", ["Tag.name", "==", "blue"]],
        "has": ["has", "Post.author", ["User.name", "==", "ada"]], "not-any": ["not", ["any", "User.posts", ["Post.likes", ">", 0]]],
        "not-in-null": ["not", ["User.age", "in", [20, 25]]], "quote": ["User.name", "==", "o'hara\" --"], "percent": ["User.name", "contains", "%"],
    }
    for name, condition in cases.items():
        entity = "Post" if name in ("any-m2m", "has") else "User"
        scenario(f"where/{name}", ["scalars", {"select": [entity], "where": [condition], "order_by": [f"{entity}.id"]}])


def queries():
    scenario("select/columns", ["all", {"select": ["User.name", "User.age"], "order_by": ["User.id"]}])
    scenario("select/entity-and-column", ["all", {"select": ["User", "User.age"], "order_by": [["desc", "User.id"]]}])
    scenario("select/order-two", ["scalars", {"select": ["Post.name"], "order_by": ["Post.likes", ["desc", "Post.id"]]}])
    scenario("select/limit-offset", ["scalars", users(limit=2, offset=1)])
    scenario("select/limit-zero", ["scalars", users(limit=0)])
    scenario("select/offset-only", ["scalars", users(offset=3)])
    scenario("select/distinct", ["scalars", {"select": ["Post.likes"], "distinct": True, "order_by": ["Post.likes"]}])
    scenario("select/join", ["all", {"select": ["User.name", "Post.name"], "from": "User", "join": ["User.posts"], "order_by": ["Post.id"]}])
    scenario("select/outer-join", ["all", {"select": ["User.name", "Post.name"], "from": "User", "outerjoin": ["User.posts"], "order_by": ["User.id", "Post.id"]}])
    scenario("select/join-m2m", ["all", {"select": ["Post.name", "Tag.name"], "from": "Post", "join": ["Post.tags"], "order_by": ["Post.id", "Tag.id"]}])
    scenario("select/join-two", ["all", {"select": ["User.name", "Tag.name"], "from": "User", "join": ["User.posts", "Post.tags"], "order_by": ["User.id", "Post.id", "Tag.id"]}])
    scenario("select/join-where", ["scalars", {"select": ["User"], "join": ["User.posts"], "where": [["Post.likes", ">", 2]], "order_by": ["User.id"]}])
    scenario("select/join-duplicates", ["scalars", {"select": ["User"], "join": ["User.posts"], "order_by": ["User.id"]}])
    for name in ("count", "sum", "min", "max", "avg"):
        scenario(f"aggregate/{name}", ["scalar", {"select": [[name, "Post.likes"]]}])
    scenario("aggregate/count-star", ["scalar", {"select": [["count", "*"]], "from": "User"}])
    scenario("aggregate/count-null", ["scalar", {"select": [["count", "User.age"]]}])
    scenario("aggregate/count-distinct", ["scalar", {"select": [["count", ["distinct", "Post.likes"]]]}])
    scenario("aggregate/sum-nothing", ["scalar", {"select": [["sum", "Post.likes"]], "where": [["Post.likes", ">", 100]]}])
    scenario("aggregate/group", ["all", {"select": ["Post.user_id", ["count", "Post.id"]], "group_by": ["Post.user_id"], "order_by": ["Post.user_id"]}])
    scenario("aggregate/having", ["all", {"select": ["User.name", ["count", "Post.id"]], "from": "User", "join": ["User.posts"], "group_by": ["User.name"], "having": [[["count", "Post.id"], ">", 1]]}])
    scenario("function/upper", ["scalars", {"select": [["upper", "User.name"]], "order_by": ["User.id"]}])
    scenario("function/length", ["scalars", {"select": [["length", "Post.name"]], "order_by": ["Post.id"]}])
    scenario("function/arithmetic", ["scalars", {"select": [["add", ["Post.likes", 10]]], "order_by": ["Post.id"]}])
    scenario("function/concat", ["scalars", {"select": [["concat", ["User.name", "!"]]], "order_by": ["User.id"]}])
    scenario("result/one", ["one", users(where=[["User.name", "==", "ada"]])])
    scenario("result/one-none", ["one", users(where=[["User.name", "==", "eve"]])])
    scenario("result/one-many", ["one", users()])
    scenario("result/one-or-none-none", ["one_or_none", users(where=[["User.name", "==", "eve"]])])
    scenario("result/one-or-none-many", ["one_or_none", users()])
    scenario("result/first", ["first", users()])
    scenario("result/first-none", ["first", users(where=[["User.age", ">", 99]])])
    scenario("result/scalar-none", ["scalar", {"select": ["User.name"], "where": [["User.id", "==", 99]]}])
    scenario("exists/true", ["exists", "User", ["User.name", "==", "ada"]])
    scenario("exists/false", ["exists", "User", ["User.name", "==", "eve"]])
    for kind in ("joined", "selectin"):
        scenario(f"load/{kind}-many", ["close"], ["scalars", users(load=[[kind, "User.posts"]])], ["find", "u", users()], ["read", "u", "posts"])
        scenario(f"load/{kind}-one", ["close"], ["scalars", {"select": ["Post"], "order_by": ["Post.id"], "load": [[kind, "Post.author"]]}], ["get", "p", "Post", 3], ["read", "p", "author"])
        scenario(f"load/{kind}-m2m", ["close"], ["scalars", {"select": ["Post"], "order_by": ["Post.id"], "load": [[kind, "Post.tags"]]}], ["get", "p", "Post", 1], ["read", "p", "tags"])
        scenario(f"load/{kind}-limit", ["close"], ["scalars", users(load=[[kind, "User.posts"]], limit=2)])
    scenario("text/rows", ["text", "select name from user where age > :age order by id", {"age": 20}])
    scenario("text/injection", ["text", "select count(*) from user where name = :name", {"name": "' or 1=1 --"}])
    scenario("text/error", ["text", "select nothing from nowhere", {}])
    scenario("text/then-go-on", ["text", "select nothing from nowhere", {}], ["scalars", users()])


def unit_of_work():
    empty = dict(seed=False)
    scenario("add/one", *people("ada"), ["add", "ada"], ["counts"], ["commit"], ["counts"], ["read", "ada", "id"], **empty)
    scenario("add/default", *people("ada"), ["add", "ada"], ["flush"], ["read", "ada", "active"], ["commit"], **empty)
    scenario("add/twice", *people("ada"), ["add", "ada"], ["add", "ada"], ["commit"], **empty)
    scenario("add/explicit-key", ["new", "u", "User", {"id": 42, "name": "x"}], ["add", "u"], ["commit"], ["get", "v", "User", 42], ["same", "u", "v"], **empty)
    scenario("add/missing", ["new", "u", "User", {"age": 3}], ["add", "u"], ["commit"], ["rollback"], ["scalars", users()], **empty)
    scenario("add/unknown-attribute", ["new", "u", "User", {"name": "x", "colour": 1}], **empty)
    scenario("unique/conflict", ["new", "u", "User", {"name": "ada"}], ["add", "u"], ["commit"], ["rollback"], ["scalars", users()])
    scenario("unique/pending-rollback", ["new", "u", "User", {"name": "ada"}], ["add", "u"], ["flush"], ["scalars", users()], ["rollback"], ["scalars", users()])
    scenario("unique/retry", ["new", "u", "User", {"name": "ada"}], ["add", "u"], ["flush"], ["rollback"], ["set", "u", "name", "eve"], ["add", "u"], ["commit"], ["scalars", users()])
    scenario("unique/primary-key", ["new", "u", "User", {"id": 1, "name": "eve"}], ["add", "u"], ["flush"], ["rollback"])
    scenario("update/value", ["set", "ada", "age", 99], ["counts"], ["commit"], ["read", "ada", "age"])
    scenario("update/none", ["set", "ada", "age", None], ["commit"], ["read", "ada", "age"])
    scenario("update/same", ["read", "ada", "age"], ["set", "ada", "age", 20], ["flush"], ["commit"])
    scenario("update/not-null", ["set", "ada", "name", None], ["commit"], ["rollback"], ["read", "ada", "name"])
    scenario("update/unique", ["set", "ada", "name", "bob"], ["commit"], ["rollback"], ["read", "ada", "name"])
    scenario("update/swap-two", ["set", "p1", "likes", 100], ["set", "p2", "likes", 200], ["commit"])
    scenario("update/primary-key", ["set", "dan", "id", 77], ["commit"], ["get", "x", "User", 77], ["get", "y", "User", 4])
    scenario("delete/one", ["delete", "dan"], ["counts"], ["commit"], ["get", "x", "User", 4])
    scenario("delete/cascade", ["delete", "ada"], ["commit"])
    scenario("delete/then-add", ["delete", "dan"], ["add", "dan"], ["commit"])
    scenario("delete/pending", ["new", "u", "User", {"name": "u"}], ["add", "u"], ["delete", "u"], ["commit"])
    scenario("delete/tag", ["delete", "t2"], ["commit"], ["read", "p1", "tags"])
    scenario("delete/post", ["delete", "p1"], ["commit"], ["read", "ada", "posts"], ["read", "t1", "posts"])
    scenario("delete/rollback", ["delete", "ada"], ["flush"], ["rollback"], ["read", "ada", "name"], ["read", "ada", "posts"])
    scenario("orphan/remove", ["remove", "ada", "posts", "p1"], ["commit"])
    scenario("orphan/replace", ["set", "ada", "posts", {"refs": ["p2"]}], ["commit"])
    scenario("orphan/move", ["append", "bob", "posts", "p1"], ["commit"], ["read", "ada", "posts"], ["read", "bob", "posts"])
    scenario("orphan/parent-none", ["set", "p1", "author", None], ["commit"])
    scenario("orphan/profile-replace", ["new", "f2", "Profile", {"name": "new"}], ["set", "ada", "profile", {"ref": "f2"}], ["commit"], ["read", "ada", "profile"])
    scenario("orphan/profile-none", ["set", "ada", "profile", None], ["commit"], ["read", "ada", "profile"])
    scenario("relation/back-populates", ["new", "p", "Post", {"name": "n"}], ["append", "cyd", "posts", "p"], ["read", "p", "author"], ["commit"], ["read", "p", "user_id"])
    scenario("relation/set-many-to-one", ["set", "p4", "author", {"ref": "cyd"}], ["read", "cyd", "posts"], ["commit"], ["read", "cyd", "posts"])
    scenario("relation/by-key", ["set", "p4", "user_id", 3], ["commit"], ["read", "p4", "author"], ["read", "cyd", "posts"])
    scenario("relation/by-key-expired", ["read", "cyd", "posts"], ["set", "p4", "user_id", 3], ["flush"], ["read", "cyd", "posts"], ["expire", "cyd"], ["read", "cyd", "posts"])
    scenario("relation/order", ["new", "p", "Post", {"id": 50, "name": "late", "author": {"ref": "ada"}}], ["add", "p"], ["commit"], ["read", "ada", "posts"])
    scenario("relation/m2m-add", ["append", "p3", "tags", "t3"], ["append", "p3", "tags", "t1"], ["commit"], ["read", "p3", "tags"], ["read", "t3", "posts"])
    scenario("relation/m2m-remove", ["remove", "p1", "tags", "t1"], ["commit"], ["read", "t1", "posts"])
    scenario("relation/m2m-replace", ["set", "p1", "tags", {"refs": ["t3"]}], ["commit"], ["read", "p1", "tags"])
    scenario("relation/m2m-clear", ["set", "p1", "tags", {"refs": []}], ["commit"])
    scenario("relation/cascade-add", ["new", "u", "User", {"name": "u"}], ["new", "p", "Post", {"name": "p", "author": {"ref": "u"}}], ["new", "t", "Tag", {"name": "t"}], ["append", "p", "tags", "t"], ["add", "p"], ["commit"])
    scenario("relation/foreign-key-later", ["new", "p", "Post", {"name": "p", "user_id": 2}], ["add", "p"], ["flush"], ["read", "p", "author"])
    scenario("tree/build", ["new", "a", "Node", {"name": "a"}], ["new", "b", "Node", {"name": "b", "parent": {"ref": "a"}}], ["new", "c", "Node", {"name": "c", "parent": {"ref": "b"}}],
             ["add", "c"], ["commit"], ["read", "a", "children"], ["read", "c", "parent"], **empty)
    scenario("tree/move", ["new", "a", "Node", {"name": "a"}], ["new", "b", "Node", {"name": "b", "parent": {"ref": "a"}}], ["new", "c", "Node", {"name": "c", "parent": {"ref": "a"}}],
             ["add", "a"], ["commit"], ["set", "c", "parent", {"ref": "b"}], ["commit"], ["read", "a", "children"], ["read", "b", "children"], **empty)
    scenario("tree/delete-parent", ["new", "a", "Node", {"name": "a"}], ["new", "b", "Node", {"name": "b", "parent": {"ref": "a"}}], ["add", "a"], ["commit"], ["delete", "a"], ["commit"], **empty)
    scenario("bulk/update", ["update_where", "User", ["User.age", ">", 20], {"active": False}], ["read", "bob", "active"], ["read", "ada", "active"], ["commit"])
    scenario("bulk/delete", ["delete_where", "Post", ["Post.likes", "<", 3]], ["commit"], ["scalars", {"select": ["Post"], "order_by": ["Post.id"]}])
    scenario("bulk/delete-none", ["delete_where", "Post", ["Post.likes", ">", 300]], ["commit"])
    scenario("bulk/insert", ["bulk_insert", "Tag", [{"name": "x"}, {"name": "y"}]], ["commit"], ["scalars", {"select": ["Tag.name"], "order_by": ["Tag.id"]}])
    scenario("bulk/insert-conflict", ["bulk_insert", "Tag", [{"name": "x"}, {"name": "red"}]], ["rollback"])


def sessions():
    scenario("identity/get-twice", ["get", "x", "User", 1], ["get", "y", "User", 1], ["same", "x", "y"], ["same", "x", "ada"])
    scenario("identity/query", ["find", "x", users()], ["same", "x", "ada"])
    scenario("identity/closed", ["close"], ["get", "x", "User", 1], ["same", "x", "ada"])
    scenario("identity/none", ["get", "x", "User", 99])
    scenario("identity/wrong-type", ["get", "x", "User", "one"])
    scenario("autoflush/on", ["new", "u", "User", {"name": "eve"}], ["add", "u"], ["scalars", users()])
    scenario("autoflush/off", ["autoflush", False], ["new", "u", "User", {"name": "eve"}], ["add", "u"], ["scalars", users()], ["commit"])
    scenario("autoflush/dirty", ["set", "ada", "age", 77], ["scalar", {"select": ["User.age"], "where": [["User.id", "==", 1]]}], ["rollback"], ["read", "ada", "age"])
    scenario("rollback/new", ["new", "u", "User", {"name": "eve"}], ["add", "u"], ["flush"], ["rollback"], ["in_session", "u"], ["counts"], ["scalars", users()])
    scenario("rollback/new-unflushed", ["new", "u", "User", {"name": "eve"}], ["add", "u"], ["rollback"], ["in_session", "u"], ["commit"])
    scenario("rollback/dirty", ["set", "ada", "age", 1], ["rollback"], ["read", "ada", "age"])
    scenario("rollback/relation", ["append", "ada", "posts", "p4"], ["flush"], ["rollback"], ["read", "ada", "posts"], ["read", "p4", "author"])
    scenario("rollback/after-commit", ["set", "ada", "age", 1], ["commit"], ["rollback"], ["read", "ada", "age"])
    scenario("nested/release", ["begin_nested"], ["set", "ada", "age", 50], ["release"], ["commit"], ["read", "ada", "age"])
    scenario("nested/rollback", ["set", "bob", "age", 60], ["begin_nested"], ["set", "ada", "age", 50], ["flush"], ["rollback_to"], ["read", "ada", "age"], ["commit"], ["read", "bob", "age"])
    scenario("nested/new-object", ["begin_nested"], ["new", "u", "User", {"name": "eve"}], ["add", "u"], ["flush"], ["rollback_to"], ["in_session", "u"], ["commit"])
    scenario("nested/conflict", ["begin_nested"], ["new", "u", "User", {"name": "ada"}], ["add", "u"], ["flush"], ["rollback_to"], ["set", "bob", "age", 61], ["commit"])
    scenario("nested/two", ["begin_nested"], ["set", "ada", "age", 50], ["begin_nested"], ["set", "ada", "age", 51], ["flush"], ["rollback_to"], ["read", "ada", "age"], ["release"], ["commit"])
    scenario("expire/reload", ["text", "update user set age = 70 where id = 1", {}], ["expire", "ada"], ["read", "ada", "age"])
    scenario("expire/commit", ["text", "update user set age = 70 where id = 1", {}], ["commit"], ["read", "ada", "age"])
    scenario("refresh/reload", ["read", "ada", "age"], ["text", "update user set age = 70 where id = 1", {}], ["read", "ada", "age"], ["refresh", "ada"], ["read", "ada", "age"])
    scenario("refresh/loses-change", ["set", "ada", "age", 5], ["autoflush", False], ["refresh", "ada"], ["read", "ada", "age"])
    scenario("refresh/gone", ["text", "delete from user where id = 4", {}], ["refresh", "dan"])
    scenario("expire/gone", ["text", "delete from user where id = 4", {}], ["expire", "dan"], ["read", "dan", "age"])
    scenario("expunge/changes", ["read", "ada", "age"], ["expunge", "ada"], ["set", "ada", "age", 1], ["commit"], ["in_session", "ada"], ["read", "ada", "age"])
    scenario("expunge/lazy", ["expunge", "p3"], ["read", "p3", "author"])
    scenario("expunge/unknown", ["new", "u", "User", {"name": "u"}], ["expunge", "u"])
    scenario("merge/existing", ["new", "copy", "User", {"id": 1, "name": "ada", "age": 88}], ["merge", "m", "copy"], ["same", "m", "ada"], ["commit"], ["read", "ada", "age"])
    scenario("merge/new", ["new", "copy", "User", {"name": "eve"}], ["merge", "m", "copy"], ["in_session", "copy"], ["in_session", "m"], ["commit"])
    scenario("merge/detached", ["read", "ada", "age"], ["close"], ["set", "ada", "age", 12], ["merge", "m", "ada"], ["commit"], ["read", "m", "age"])
    scenario("detached/read", ["close"], ["read", "ada", "posts"])
    scenario("detached/add-again", ["read", "ada", "age"], ["close"], ["set", "ada", "age", 13], ["add", "ada"], ["commit"])
    scenario("close/drops", ["set", "ada", "age", 5], ["close"], ["get", "x", "User", 1], ["read", "x", "age"])
    scenario("version/counts", ["new", "d", "Doc", {"name": "a"}], ["add", "d"], ["commit"], ["read", "d", "version"], ["set", "d", "name", "b"], ["commit"], ["read", "d", "version"], seed=False)
    scenario("version/stale", ["new", "d", "Doc", {"name": "a"}], ["add", "d"], ["commit"], ["read", "d", "version"], ["text", "update doc set version = 9", {}], ["set", "d", "name", "b"], ["flush"], ["rollback"], seed=False)
    scenario("version/stale-delete", ["new", "d", "Doc", {"name": "a"}], ["add", "d"], ["commit"], ["read", "d", "version"], ["text", "update doc set version = 9", {}], ["delete", "d"], ["flush"], ["rollback"], seed=False)
    scenario("stale/update", ["read", "dan", "age"], ["text", "delete from user where id = 4", {}], ["set", "dan", "age", 3], ["flush"], ["rollback"])
    scenario("counts/all", ["new", "u", "User", {"name": "u"}], ["add", "u"], ["set", "ada", "age", 3], ["delete", "dan"], ["counts"], ["commit"], ["counts"])
    scenario("unicode", ["new", "u", "User", {"name": "Größe 😀 猫"}], ["add", "u"], ["commit"], ["close"], ["find", "x", users(where=[["User.name", "==", "Größe 😀 猫"]])], ["read", "x", "name"])
    scenario("empty-text", ["new", "u", "User", {"name": ""}], ["add", "u"], ["commit"], ["scalar", {"select": ["User.name"], "where": [["User.id", "==", 5]]}])
    scenario("large-number", ["set", "p1", "likes", 9007199254740991], ["commit"], ["expire", "p1"], ["read", "p1", "likes"])
    scenario("negative-float", ["set", "ada", "score", -1.25], ["commit"], ["expire", "ada"], ["read", "ada", "score"])
    scenario("false-value", ["set", "ada", "active", False], ["commit"], ["scalars", users(where=[["User.active", "==", False]])])


conditions()
queries()
unit_of_work()
sessions()
for name, steps in ALL.items():
    json.dump({"id": name, "steps": steps, "expect": Runner().run(steps)}, sys.stdout, ensure_ascii=True)
    sys.stdout.write("\n")
