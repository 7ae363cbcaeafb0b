# python3-peewee: models, joins, transactions on SQLite.
import peewee as pw, datetime
db = pw.SqliteDatabase(":memory:")
class Base(pw.Model):
    class Meta: database = db
class User(Base):
    name = pw.CharField(unique=True); joined = pw.DateField(default=datetime.date(2020, 1, 1)); score = pw.FloatField(null=True)
class Tweet(Base):
    user = pw.ForeignKeyField(User, backref="tweets"); text = pw.TextField()
    class Meta: indexes = ((("user", "text"), True),)
db.create_tables([User, Tweet])
a = User.create(name="ann", score=1.5); User.insert_many([{"name": "bob"}, {"name": "cat", "score": 3}]).execute()
for t in "xyz": Tweet.create(user=a, text=t)
q = User.select(User.name, pw.fn.COUNT(Tweet.id).alias("n")).join(Tweet, pw.JOIN.LEFT_OUTER).group_by(User.id).having(pw.fn.COUNT(Tweet.id) >= 0).order_by(pw.SQL("n").desc(), User.name)
print(q.sql(), [(u.name, u.n) for u in q], [t.text for t in a.tweets.where(Tweet.text << ["x", "z"])])
print(User.update(score=User.score + 1).where(User.name.startswith("a") | (User.score > 2)).execute(), list(User.select().order_by(User.name).tuples()), User.get_or_none(User.name == "zz"))
try:
    with db.atomic(): User.create(name="q"); User.create(name="ann")
except pw.IntegrityError as e: print(type(e).__name__, e, User.select().count())
try: User.get(User.name == "nobody")
except User.DoesNotExist as e: print(type(e).__name__, str(e).splitlines()[0])
print(a.delete_instance(recursive=True), Tweet.select().count(), repr(a))
