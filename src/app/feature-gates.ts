/**
 * Takes the place of Atlassian's feature-gate client (see vite.config.ts), which would bring its experiments and its
 * network traffic into the page: every gate is closed, every experiment has its default value.
 */
const featureGates = {
  checkGate: () => false,
  getExperimentValue: <T>(_experiment: string, _parameter: string, fallback: T): T => fallback,
  initializeCalled: () => false,
}

// biome-ignore lint/style/noDefaultExport: the shape of the package that it replaces
export default featureGates
