"""The front page of examples/shop in Flask: the same templates, the same database.

SHOP_DATABASE names the SQLite file, SHOP_TEMPLATES the folder of the templates.
"""
import os

from flask import Blueprint, Flask, g, render_template, request, session
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import or_
from sqlalchemy.orm import joinedload

db = SQLAlchemy()


class Category(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    slug = db.Column(db.String(60), unique=True, nullable=False)
    title = db.Column(db.String(80), nullable=False)


class Product(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    slug = db.Column(db.String(80), unique=True, nullable=False)
    title = db.Column(db.String(120), nullable=False)
    summary = db.Column(db.String(200), nullable=False)
    description = db.Column(db.Text, nullable=False)
    cents = db.Column(db.Integer, nullable=False)
    stock = db.Column(db.Integer, nullable=False)
    picture = db.Column(db.String(80))
    is_published = db.Column(db.Boolean, nullable=False)
    updated_at = db.Column(db.DateTime, nullable=False)
    category_id = db.Column(db.Integer, db.ForeignKey("category.id"), nullable=False)
    category = db.relationship(Category)

    @property
    def is_sold_out(self):
        return self.stock == 0


catalogue = Blueprint("catalogue", __name__)


@catalogue.get("/")
def index():
    categories = Category.query.order_by(Category.title).all()
    category = request.args.get("category", "")
    text = request.args.get("q", "").strip()
    query = Product.query.options(joinedload(Product.category, innerjoin=True)).filter(Product.is_published.is_(True))
    for word in text.split()[:8]:
        columns = (Product.title, Product.summary, Product.description)
        query = query.filter(or_(*(column.contains(word, autoescape=True) for column in columns)))
    if category:
        query = query.filter(Product.category.has(Category.slug == category))
    products = query.order_by(Product.title).paginate(per_page=8)
    return render_template(
        "catalogue/index.html", categories=categories, category=category, products=products, text=text
    )


@catalogue.get("/products/<slug>")
@catalogue.get("/pages/<slug>", endpoint="page")
def product(slug):
    return slug


@catalogue.get("/pictures/<name>")
def picture(name):
    return name


@catalogue.get("/browse/")
def browse():
    return ""


cart = Blueprint("cart", __name__, url_prefix="/cart")
cart.add_url_rule("/", "show", lambda: "")
accounts = Blueprint("accounts", __name__, url_prefix="/account")
accounts.add_url_rule("/login", "login", lambda: "")

app = Flask(__name__, template_folder=os.environ["SHOP_TEMPLATES"])
app.config.update(SECRET_KEY="bench", SQLALCHEMY_DATABASE_URI="sqlite:///" + os.environ["SHOP_DATABASE"])
db.init_app(app)
for blueprint in (catalogue, cart, accounts):
    app.register_blueprint(blueprint)


@app.template_filter("money")
def money(cents):
    return f"€{cents / 100:,.2f}"


@app.template_global("form_token")
def form_token():
    return ""


@app.context_processor
def shop_names():
    counts = session.get("cart", {}).values()
    return {"account": g.get("account"), "cart_size": sum(counts)}


@app.after_request
def add_security_headers(response):
    response.headers["Content-Security-Policy"] = "default-src 'self'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    return response
