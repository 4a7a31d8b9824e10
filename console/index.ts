/** The console of the simulated platforms: `startConsole` serves it. */
export type { ExampleCard } from './api';
export type { ConsoleOptions, Examples, MailSource } from './server/options';
export { startConsole } from './server/startConsole';
export type { RunningConsole } from './server/startConsole';
export type { RunningVendors } from './server/vendors/running';
