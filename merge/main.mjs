// The bundle is that of the action; the word says which part of it is meant.
process.argv[2] = 'merge'
await import('../dist/index.js')
