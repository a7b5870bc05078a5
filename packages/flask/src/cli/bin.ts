#!/usr/bin/env node
import { enableCompileCache } from 'node:module'

// Before the rest is loaded, so that it comes from the cache from the second time on.
enableCompileCache()
const { main } = await import('./main.ts')

process.exitCode = await main(process.argv.slice(2))
