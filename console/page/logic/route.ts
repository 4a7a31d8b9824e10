export const VIEWS = [
	'play',
	'fleet',
	'requests',
	'phone',
	'orders',
	'pushes',
	'faults',
	'inbox',
] as const;
export type ViewName = (typeof VIEWS)[number];

/** Where the reader is: `#/fleet/1064800000001?search=86`. */
export interface Route {
	view: ViewName;
	/** What of the view is open, e.g. a card number; empty for none. */
	item: string;
	query: Readonly<Record<string, string>>;
}

export function parseRoute(hash: string): Route {
	const [path = '', search = ''] = hash.replace(/^#?\/?/, '').split('?', 2);
	const [name = '', item = ''] = path.split('/');
	return {
		view: VIEWS.find((view) => view === name) ?? 'play',
		item: decode(item),
		query: Object.fromEntries(new URLSearchParams(search)),
	};
}

/** The address of a place; parts of the query that are empty are left out. */
export function hrefOf(
	view: ViewName,
	item = '',
	query: Readonly<Record<string, string | number | boolean | undefined>> = {},
): string {
	const search = new URLSearchParams();
	for (const [name, value] of Object.entries(query)) {
		if (value !== undefined && value !== '' && value !== false) search.set(name, String(value));
	}
	const path = item === '' ? `#/${view}` : `#/${view}/${encodeURIComponent(item)}`;
	return search.size === 0 ? path : `${path}?${search}`;
}

function decode(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
