import type { SimulatorReply } from '../../types';
import { inJson, inQueryXml, QUERY_NOT_ALLOWED, Refusal } from '../codes';
import { readForm } from '../form';
import type { Form } from '../form';
import { element, elements, textReply, xmlReply } from '../xml';
import { signIn } from './page';
import type { Page, Site } from './page';

type Row = Readonly<Record<string, string>>;

/** What the two queries differ in. */
interface Query {
	/** Name of a row in XML, and of the list in JSON. */
	readonly box: 'statusbox' | 'callbox';
	take(site: Site, form: Form): Row[];
	/** The fields that the JSON dialect has of a row. */
	readonly jsonFields: readonly string[];
}

/** `statusNum` of §3.2 when it is left out. */
const DEFAULT_LIMIT = 4_000;

function readLimit(statusNum: string): number {
	if (statusNum === '') return DEFAULT_LIMIT;
	if (!/^[1-9]\d*$/.test(statusNum)) {
		throw new Refusal('ParamError', `statusNum is "${statusNum}"`);
	}
	return Number(statusNum);
}

/** SMS §3; in JSON without `status` and `extno` (§3.5). */
const REPORTS: Query = {
	box: 'statusbox',
	take({ world }, form) {
		const limit = readLimit(form.get('statusNum'));
		const rows = world.reports.take(world.now(), limit, form.get('taskid'));
		world.accepted.getReports++;
		return rows;
	},
	jsonFields: ['mobile', 'taskid', 'receivetime', 'errorcode'],
};

/** SMS §4 */
const REPLIES: Query = {
	box: 'callbox',
	take({ world }) {
		const rows = world.replies.take(world.now(), Infinity);
		world.accepted.getReplies++;
		return rows;
	},
	jsonFields: ['mobile', 'taskid', 'content', 'receivetime', 'extno'],
};

function takeRows(query: Query, site: Site, form: Form): Row[] {
	signIn(site, form);
	if (!site.world.settings.queriesAllowed) {
		throw new Refusal(QUERY_NOT_ALLOWED, 'The setting "queriesAllowed" is off');
	}
	const action = form.get('action');
	if (action !== 'query') throw new Refusal('ParamError', `action is "${action}"`);
	return query.take(site, form);
}

function xmlPage(query: Query): Page {
	return {
		answer(site, request) {
			const rows = takeRows(query, site, readForm(request, site.world.settings));
			return xmlReply(rows.map((row) => element(query.box, elements(row))));
		},
		refuse: (_site, refused) => xmlReply([element('errorstatus', elements(inQueryXml(refused)))]),
	};
}

function jsonText(query: Query, answer: { error: string; remark: string }, rows: Row[]) {
	const picked = rows.map((row) =>
		Object.fromEntries(query.jsonFields.map((name) => [name, row[name]])),
	);
	const body = JSON.stringify({ ...answer, [query.box]: picked });
	return textReply(body, 'text/html; charset=utf-8');
}

function jsonPage(query: Query): Page {
	return {
		answer(site, request): SimulatorReply {
			const rows = takeRows(query, site, readForm(request, site.world.settings));
			return jsonText(query, inJson({ code: 'OK' }), rows);
		},
		refuse: (_site, refused) => jsonText(query, inJson(refused), []),
	};
}

export const statusApiPage = xmlPage(REPORTS);
export const statusJsonApiPage = jsonPage(REPORTS);
export const callApiPage = xmlPage(REPLIES);
export const callJsonApiPage = jsonPage(REPLIES);
