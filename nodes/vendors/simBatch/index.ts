/** The SIM batch query: what it can do. */
export { getMany } from './operations/getMany';
