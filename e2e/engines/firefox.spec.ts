import { walkInEngine } from './journeys.ts'

walkInEngine('Firefox')
