# python3-sqlalchemy: tables, ORM with relationships, joins, aggregates, CTEs, events, hybrid properties and reflection on SQLite.
import datetime
import decimal
import enum
import warnings

from sqlalchemy import (CheckConstraint, Column, Date, DateTime, Enum, Float, ForeignKey, Integer, JSON, MetaData, Numeric, String, Table, Text,
                        UniqueConstraint, and_, case, create_engine, event, exists, func, inspect, literal, or_, select, text, update, delete, insert)
from sqlalchemy.exc import IntegrityError, NoResultFound, InvalidRequestError
from sqlalchemy.ext.associationproxy import association_proxy
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import (Session, aliased, backref, column_property, contains_eager, declarative_base, joinedload, relationship, selectinload,
                            sessionmaker, validates)
from sqlalchemy.dialects import postgresql, mysql
from sqlalchemy.schema import CreateTable
from sqlalchemy.types import TypeDecorator

warnings.filterwarnings("ignore", message="Dialect sqlite")
Base = declarative_base()


class Colour(enum.Enum):
    red = 1
    blue = 2


class Upper(TypeDecorator):
    impl = String
    cache_ok = True

    def process_bind_param(self, value, dialect):
        return value and value.upper()

    def process_result_value(self, value, dialect):
        return value and "<" + value + ">"


links = Table("links", Base.metadata, Column("user_id", ForeignKey("users.id"), primary_key=True), Column("tag_id", ForeignKey("tags.id"), primary_key=True))


class User(Base):
    __tablename__ = "users"
    __table_args__ = (UniqueConstraint("name", name="uq_name"), CheckConstraint("age >= 0"))
    id = Column(Integer, primary_key=True)
    name = Column(String(30), nullable=False, index=True)
    age = Column(Integer, default=18)
    colour = Column(Enum(Colour), default=Colour.red)
    code = Column(Upper(5))
    data = Column(JSON)
    created = Column(DateTime, default=datetime.datetime(2020, 1, 2, 3, 4, 5))
    orders = relationship("Order", back_populates="user", cascade="all, delete-orphan", order_by="Order.id")
    tags = relationship("Tag", secondary=links, backref=backref("users", lazy="dynamic"))
    words = association_proxy("tags", "word", creator=lambda w: Tag(word=w))

    @hybrid_property
    def adult(self):
        return self.age >= 18

    @validates("name")
    def check(self, key, value):
        if not value:
            raise ValueError("empty " + key)
        return value.title()

    def __repr__(self):
        return f"User({self.name!r}, {self.age})"


class Tag(Base):
    __tablename__ = "tags"
    id = Column(Integer, primary_key=True)
    word = Column(String)


class Order(Base):
    __tablename__ = "orders"
    id = Column(Integer, primary_key=True)
    user_id = Column(ForeignKey("users.id"))
    total = Column(Numeric(10, 2))
    kind = Column(String)
    user = relationship("User", back_populates="orders")
    __mapper_args__ = {"polymorphic_on": kind, "polymorphic_identity": "plain"}


class Express(Order):
    __mapper_args__ = {"polymorphic_identity": "express"}


engine = create_engine("sqlite://", future=True)
statements = []


@event.listens_for(engine, "before_cursor_execute")
def remember(connection, cursor, statement, parameters, context, executemany):
    statements.append((" ".join(statement.split()), parameters))


Base.metadata.create_all(engine)
print([s for s, _ in statements if s.startswith("CREATE")])
Maker = sessionmaker(engine, future=True)
with Maker() as s:
    u = User(name="ann", age=30, code="abc", data={"k": [1, 2]}, orders=[Order(total=decimal.Decimal("3.50")), Express(total=10)])
    u.words.extend(["x", "y"])
    s.add_all([u, User(name="bob", age=7, colour=Colour.blue), User(name="cat")])
    print(sorted(type(o).__name__ for o in s.new), s.dirty, u in s)
    s.commit()
    print(u, u.code, u.data, u.created, [type(o).__name__ for o in u.orders], u.adult, list(u.words))
    print(s.scalars(select(User).where(User.adult).order_by(User.name.desc())).all())
    print(s.execute(select(User.name, func.count(Order.id), func.coalesce(func.sum(Order.total), 0)).outerjoin(User.orders).group_by(User.id).order_by(User.id)).all())
    print(s.execute(select(User).options(joinedload(User.orders), selectinload(User.tags)).filter_by(name="Ann")).unique().scalar_one().orders[1].total)
    other = aliased(User, name="other")
    print(s.execute(select(User.name, other.name).join(other, and_(User.id < other.id, or_(User.age > other.age, other.colour == Colour.blue)))).all())
    t = select(User.id, User.age).where(User.age > 5).cte("t")
    print(s.execute(select(func.max(t.c.age), func.row_number().over(order_by=func.max(t.c.age)))).one())
    print(s.execute(select(case((User.age < 10, "kid"), else_="big"), literal(5) + User.id).where(exists().where(Order.user_id == User.id))).all())
    for bad in (lambda: s.execute(select(User).where(User.name == "zz")).scalar_one(), lambda: User(name=""), lambda: s.execute(text("select nope")),
                lambda: (s.add(User(name="ann")), s.flush())):
        try:
            bad()
        except Exception as e:
            print(type(e).__name__, str(e).splitlines()[0])
            s.rollback()
    with s.begin_nested():
        s.execute(update(User).where(User.name == "Cat").values(age=User.age + 1))
        s.execute(delete(Order).where(Order.kind == "express"))
    s.expire_all()
    print(s.get(User, 3).age, [o.kind for o in s.get(User, 1).orders], inspect(s.get(User, 1)).persistent, s.query(User).filter(User.name.like("%b%")).count())
    s.get(User, 1).name = "anna"
    h = inspect(s.get(User, 1)).attrs.name.history
    print(h, s.is_modified(s.get(User, 1)))
    s.delete(s.get(User, 1))
    s.commit()
    print(s.query(Order).all(), s.query(Tag.word).order_by(Tag.word).all(), s.query(User).join(User.tags, isouter=True).all())
print(len(statements), statements[-3:])
print(str(select(User.id, Order.total).join(Order).where(User.name.in_(["a", "b"]), User.data["k"].as_string() == "v").limit(3).compile(dialect=postgresql.dialect())))
print(CreateTable(User.__table__).compile(dialect=mysql.dialect()))
meta = MetaData()
meta.reflect(engine)
print(sorted(meta.tables), [(c.name, str(c.type), c.nullable) for c in meta.tables["users"].columns], inspect(engine).get_indexes("users"))
with engine.connect() as c:
    r = c.execute(insert(Tag.__table__), [{"word": w} for w in "abc"])
    print(r.rowcount, [m._mapping["word"] for m in c.execute(select(Tag.__table__).order_by(Tag.word)).all()], c.execute(text("select :a + 1"), {"a": 2}).scalar())
print(User.__table__.c.keys(), User.__mapper__.relationships.keys(), repr(Column("x", Float)))
