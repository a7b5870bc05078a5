#!/usr/bin/env node
import { main } from './cli.ts'

const status = await main(process.argv.slice(2))
if (status !== undefined) process.exit(status)
