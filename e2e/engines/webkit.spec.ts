import { walkInEngine } from './journeys.ts'

walkInEngine('WebKit')
