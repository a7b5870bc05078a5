import { spawn, execFileSync } from 'node:child_process'
import pg from 'pg'
const c = new pg.Client({ connectionString: 'postgresql://postgres@127.0.0.1/postgres' }); await c.connect()
await c.query('DROP DATABASE IF EXISTS flask_ts_prof WITH (FORCE)'); await c.query('CREATE DATABASE flask_ts_prof'); await c.end()
const d = new pg.Client({ connectionString: 'postgresql://postgres@127.0.0.1/flask_ts_prof' }); await d.connect()
await d.query("CREATE TABLE world (id integer PRIMARY KEY, random_number integer NOT NULL); CREATE TABLE fortune (id integer PRIMARY KEY, message text NOT NULL); INSERT INTO world SELECT id, (id * 7919) % 10000 + 1 FROM generate_series(1, 10000) AS id; INSERT INTO fortune SELECT id, 'message number ' || id FROM generate_series(1, 12) id")
await d.end()
const [server, path, prof] = process.argv.slice(2)
const child = spawn(process.execPath, [...(prof ? ['--cpu-prof', '--cpu-prof-dir=/tmp/cpuh', '--cpu-prof-interval', '300'] : []), `bench/servers/${server}`], { env: { ...process.env, PORT: '8731', NODE_ENV: 'production', DATABASE_URL: 'postgresql://postgres@127.0.0.1/flask_ts_prof' }, stdio: 'inherit' })
await new Promise((r) => setTimeout(r, 2500))
const cpu = () => { const f = require('node:fs').readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1].split(' '); return (Number(f[11]) + Number(f[12])) * 10 }
import { createRequire } from 'node:module'
const require = createRequire(import.meta.url)
console.log(execFileSync('curl', ['-s', `http://127.0.0.1:8731${path}`]).toString().slice(0, 200))
execFileSync('wrk', ['-t1', '-c32', '-d2s', `http://127.0.0.1:8731${path}`])
const a = cpu()
const out = execFileSync('wrk', ['-t1', '-c32', '-d4s', `http://127.0.0.1:8731${path}`]).toString()
const n = Number(/(\d+) requests/.exec(out)![1])
console.log(server, path, /Requests\/sec.*/.exec(out)![0], 'cpu us/req', ((cpu() - a) * 1000 / n).toFixed(1), /Non-2xx.*/.exec(out)?.[0] ?? '')
child.kill('SIGINT')
