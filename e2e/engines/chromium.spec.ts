import { walkInEngine } from './journeys.ts'

walkInEngine('Chromium')
