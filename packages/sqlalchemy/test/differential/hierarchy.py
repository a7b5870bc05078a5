"""Records what Python's SQLAlchemy does in the scenarios of hierarchy.test.ts: python3 hierarchy.py > hierarchy.txt"""
import warnings; warnings.simplefilter('ignore')
from sqlalchemy import *
from sqlalchemy.orm import *
from sqlalchemy.ext.associationproxy import association_proxy
Base = declarative_base()
pt=Table('pt',Base.metadata,Column('p_id',ForeignKey('p.id'),primary_key=True),Column('t_id',ForeignKey('t.id'),primary_key=True))
class P(Base):
    __tablename__='p'; id=Column(Integer,primary_key=True); n=Column(String(9)); ts=relationship('T',secondary=pt,back_populates='ps',order_by='T.id')
class T(Base):
    __tablename__='t'; id=Column(Integer,primary_key=True); n=Column(String(9)); ps=relationship('P',secondary=pt,back_populates='ts',order_by='P.id')
class N(Base):
    __tablename__='n'; id=Column(Integer,primary_key=True); n=Column(String(9)); pid=Column(Integer,ForeignKey('n.id'))
    kids=relationship('N',back_populates='parent',order_by='N.id'); parent=relationship('N',back_populates='kids',remote_side=[id])
class E(Base):
    __tablename__='e'; id=Column(Integer,primary_key=True); k=Column(String(9)); n=Column(String(9)); __mapper_args__={'polymorphic_on':k,'polymorphic_identity':'e'}
class M(E):
    __tablename__='m'; id=Column(Integer,ForeignKey('e.id'),primary_key=True); b=Column(Integer); __mapper_args__={'polymorphic_identity':'m'}
class I(E):
    s=Column(String(9)); __mapper_args__={'polymorphic_identity':'i'}
class V(Base):
    __tablename__='v'; id=Column(Integer,primary_key=True); x=Column(Integer,default=5); y=Column(Integer,server_default='7'); z=Column(Integer,onupdate=9); ver=Column(Integer,nullable=False); __mapper_args__={'version_id_col':ver}
def dump(s):
    c=s.connection()
    return [[list(r) for r in c.execute(text(q))] for q in ('select * from p order by 1','select * from t order by 1','select * from pt order by 1,2','select * from n order by 1','select id,k,n,s from e order by 1','select * from m order by 1','select * from v order by 1')]
def sc(f):
    e=create_engine('sqlite://'); Base.metadata.create_all(e); s=Session(e, future=True)
    t1,t2=T(n='t1'),T(n='t2'); r=N(n='r',kids=[N(n='a',kids=[N(n='aa')]),N(n='b')])
    s.add_all([P(n='p1',ts=[t1,t2]),P(n='p2',ts=[t2]),r,E(n='e'),M(n='m',b=1),I(n='i',s='s'),V(x=1)]); s.commit()
    try: r=f(s)
    except Exception as ex: r='!'+type(ex).__name__
    try: s.commit(); c='ok'
    except Exception as ex: c='!'+type(ex).__name__; s.rollback()
    line=f'{r} {c} {dump(s)}'
    print(line.replace('(','[').replace(',)',']').replace(')',']'))
g=lambda s,c,n: s.query(c).filter_by(n=n).one()
def f1(s): p=g(s,P,'p1'); p.ts.remove(g(s,T,'t2'))
def f2(s): s.delete(g(s,T,'t2'))
def f3(s): g(s,P,'p2').ts=[g(s,T,'t1')]
def f4(s): p=P(n='p3'); p.ts.append(T(n='t3')); p.ts[0].ps.append(g(s,P,'p1')); s.add(p)
def f5(s): s.delete(g(s,N,'r'))
def f6(s): g(s,N,'aa').parent=g(s,N,'b')
def f7(s): b=g(s,N,'b'); r=g(s,N,'r'); r.parent=None; b.kids.append(N(n='c')); g(s,N,'a').kids[0].parent=None
def f8(s): return [type(x).__name__ for x in s.query(E).order_by(E.id)]
def f9(s): m=s.query(M).one(); m.b=5; m.n='mm'; s.flush(); s.delete(s.query(I).one())
def f10(s): return [x.n for x in s.query(E).filter(E.n.like('%m%'))]
def f11(s): s.delete(s.query(M).one())
def f12(s): v=s.query(V).one(); v.x=2; s.flush(); return [v.y,v.z,v.ver]
def f13(s): v=V(x=None); s.add(v); s.flush(); return [v.x,v.y,v.ver]
def f14(s):
    v=s.query(V).one(); s.connection().execute(text('update v set ver=8')); v.x=3
def f15(s): return [list(r) for r in s.query(P.n,T.n).join(P.ts).order_by(P.id,T.id)]
def f16(s): return [p.n for p in s.query(P).filter(P.ts.any(T.n=='t1'))]
def f17(s): return [p.n for p in s.query(P).filter(P.ts.contains(g(s,T,'t2'))).order_by(P.id)]
def f18(s):
    a=aliased(N); return [list(r) for r in s.query(N.n,a.n).join(a,N.parent).order_by(N.id)]
def f19(s): return [list(r) for r in s.query(N.n,func.count()).select_from(N).group_by(N.pid).order_by(N.pid)]
def f20(s):
    n=s.begin_nested(); s.add(T(n='x')); s.flush(); n.rollback(); s.add(T(n='y'))
def f21(s): x=s.merge(P(id=1,n='merged',ts=[])); return x.n
def f22(s): return s.query(T).filter(T.n.between('t1','t1z'),T.id>0).one().n
def f23(s): s.add(T(id=1,n='dup'))
def f24(s): return s.query(M).get(1) is None
def f25(s): s.bulk_insert_mappings(T,[{'n':'b1'},{'n':'b2'}]); return s.query(T).count()
def f26(s): return s.query(T).filter(T.n=='t1').update({'n':T.n+'!'})
def f27(s): return s.query(N).filter(N.pid==None).delete()
def f28(s): return [list(r) for r in s.execute(select(T.n.label('q'),literal(1)).order_by(desc('q')).limit(1).offset(1))]
def f29(s): return s.execute(select(func.coalesce(func.max(V.z),-1))).scalar()
def f30(s): return s.query(exists().where(T.n=='t1')).scalar()
for i in range(1,31): print(i,end=' '); sc(globals()['f%d'%i])
