"""Records what Python's SQLAlchemy does in the scenarios of people.test.ts: python3 people.py > people.txt"""
import warnings; warnings.simplefilter('ignore')
from sqlalchemy import *
from sqlalchemy.orm import *
Base = declarative_base()
class User(Base):
    __tablename__='user'
    id=Column(Integer,primary_key=True); name=Column(String(20),unique=True,nullable=False); age=Column(Integer)
    posts=relationship('Post',back_populates='author',order_by='Post.id',cascade='all, delete-orphan')
    notes=relationship('Note',back_populates='user')
class Post(Base):
    __tablename__='post'
    id=Column(Integer,primary_key=True); title=Column(String(20)); user_id=Column(Integer,ForeignKey('user.id'),nullable=False)
    author=relationship('User',back_populates='posts')
class Note(Base):
    __tablename__='note'
    id=Column(Integer,primary_key=True); text=Column(String(20)); user_id=Column(Integer,ForeignKey('user.id'))
    user=relationship('User',back_populates='notes')
def dump(s):
    c=s.connection()
    return [[list(r) for r in c.execute(text(q))] for q in ('select id,name,age from user order by id','select id,title,user_id from post order by id','select id,text,user_id from note order by id')]
def sc(f):
    e=create_engine('sqlite://'); Base.metadata.create_all(e); s=Session(e, future=True)
    s.add_all([User(name='a',age=1,posts=[Post(title='p1'),Post(title='p2')],notes=[Note(text='n1')]),User(name='b',age=None)]); s.commit()
    try: r=f(s)
    except Exception as ex: r='!'+type(ex).__name__
    try: s.commit(); c='ok'
    except Exception as ex: c='!'+type(ex).__name__; s.rollback()
    line=f'{r} {c} {dump(s)}'
    print(line.replace('(','[').replace(',)',']').replace(')',']'))
def one(s,n): return s.query(User).filter_by(name=n).one()
def f1(s): u=one(s,'a'); u.posts[0].author=one(s,'b')
def f2(s): u=one(s,'a'); s.delete(u.posts[0])
def f3(s): u=one(s,'a'); p=u.posts[0]; u.posts.remove(p); b=one(s,'b'); b.posts.append(p)
def f4(s): u=one(s,'a'); u.notes=[]
def f5(s): s.delete(one(s,'a'))
def f6(s): s.add(Post(title='x'))
def f7(s): u=one(s,'a'); u.id=10
def f8(s): u=one(s,'b'); s.delete(u); s.add(User(name='b'))
def f9(s): p=s.query(Post).first(); p.author=None
def f10(s): n=Note(text='z',user=one(s,'b')); s.add(n); s.flush(); n.user=None
def f11(s): s.add(User(id=1,name='dup'))
def f12(s): u=one(s,'a'); u.posts.append(Post(title='q')); s.expunge(u); return len(s.new)
def f13(s): return [tuple(r) for r in s.execute(select(User.name,func.count(Post.id)).outerjoin(User.posts).group_by(User.id).having(func.count(Post.id)<5).order_by(desc(User.name)))]
def f14(s): return s.query(User.name).filter(User.age.is_(None)).scalar()
def f15(s): return s.query(User).filter(or_(User.name=='a',User.age>5)).count()
def f16(s): return s.query(User).filter_by(nope=1).all()
def f17(s): return s.query(User).one()
def f18(s): return s.query(User).filter(User.name.in_([])).all()
def f19(s): return s.query(User).filter(~User.name.in_(['a'])).count()
def f20(s): return s.execute(select(User.name).where(User.id==99)).scalar_one()
def f21(s): return [r[0] for r in s.execute(union(select(User.name),select(Post.title)).order_by('name'))]
def f22(s): return s.query(User).join(Post).filter(Post.title=='p2').one().name
def f23(s): sub=select(func.max(Post.id)).where(Post.user_id==User.id).scalar_subquery(); return [tuple(r) for r in s.execute(select(User.name,sub).order_by(User.id))]
def f24(s): c=select(User.id,User.name).cte('c'); return [tuple(r) for r in s.execute(select(c.c.name).where(c.c.id>1))]
def f25(s): return s.execute(update(User).where(User.name=='a').values(age=User.age+10)).rowcount
def f26(s): return s.query(Post).filter(Post.author.has(User.name=='a')).count()
def f27(s): return s.execute(select(case((User.age==1,'one'),else_='other')).order_by(User.id)).scalars().all()
def f28(s): u=one(s,'a'); u.name='zz'; s.flush(); s.rollback(); return u.name
def f29(s): u=User(name='n'); s.add(u); s.flush(); s.rollback(); return u in s
def f30(s): s.add(User()) 
for i in range(1,31): print(i,end=' '); sc(globals()['f%d'%i])
