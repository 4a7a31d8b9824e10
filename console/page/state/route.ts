import { signal } from '@preact/signals';
import { hrefOf, parseRoute } from '../logic/route';

export const route = signal(parseRoute(location.hash));

window.addEventListener('hashchange', () => (route.value = parseRoute(location.hash)));

/** Goes to a place, as a link does. */
export function go(...place: Parameters<typeof hrefOf>): void {
	location.hash = hrefOf(...place);
}

/** Goes to a place that the way back does not stop at, such as a letter more in a search. */
export function replace(...place: Parameters<typeof hrefOf>): void {
	history.replaceState(null, '', hrefOf(...place));
	route.value = parseRoute(location.hash);
}
