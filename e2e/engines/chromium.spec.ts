import { walkInEngine } from './journeys.ts'

// The other journeys do each of these steps in Chromium. Here, they tell whether a failure is one engine's alone.
if (process.env.ENGINES === 'all') walkInEngine('Chromium')
