import type { Explanation } from '../explanation';
import type { SettingFault } from '../faults';
import { methodNotAllowedPage, notFoundPage } from '../replies';
import { SETTING_FAULTS, withSettings } from '../settings';
import { isObject } from '../types';
import type { JsonValue, SimulatorReply, SimulatorRequest, VendorBackend } from '../types';
import { Refusal } from './codes';
import { explainRequest } from './explain';
import { pageAt } from './pages';
import type { Site } from './pages/page';
import { checkSettings } from './settings';

/** The string fields among `names` that a control's body has; throws where one is no string. */
function pickTexts(body: unknown, names: readonly string[]): Record<string, string> {
	if (!isObject(body)) throw new Error('A row must be a JSON object');
	const unknown = Object.keys(body).find((name) => !names.includes(name));
	if (unknown !== undefined) {
		throw new Error(`A row has no "${unknown}"; it has: ${names.join(', ')}`);
	}
	const texts: Record<string, string> = {};
	for (const [name, value] of Object.entries(body)) {
		if (typeof value !== 'string') throw new Error(`"${name}" must be a string`);
		texts[name] = value;
	}
	return texts;
}

const REPORT_FIELDS = ['mobile', 'taskid', 'status', 'receivetime', 'errorcode', 'extno'];
const REPLY_FIELDS = ['mobile', 'taskid', 'content', 'receivetime', 'extno'];

/** The vendor of the SMS platform as the server calls it. */
export class SmsPlatformBackend implements VendorBackend {
	constructor(private readonly site: Site) {}

	handle(request: SimulatorRequest): SimulatorReply {
		const page = pageAt(request.path);
		if (!page) return notFoundPage();
		if (request.method !== 'POST' && request.method !== 'GET') return methodNotAllowedPage();
		try {
			return page.answer(this.site, request);
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			this.site.world.noteRefusal(request.path, error);
			return page.refuse(this.site, error, request);
		}
	}

	refusal(code: string, request: SimulatorRequest): SimulatorReply {
		return pageAt(request.path)?.refuse(this.site, { code }, request) ?? notFoundPage();
	}

	explain(request: SimulatorRequest): Explanation {
		return explainRequest(request, this.site.account, this.site.world.settings);
	}

	under<Result>(fault: SettingFault, act: () => Result): Result {
		return withSettings(this.site.world.settings, SETTING_FAULTS[fault], act);
	}

	state() {
		return this.site.world.toJson();
	}

	changeSettings(patch: Record<string, unknown>): void {
		Object.assign(this.site.world.settings, checkSettings(patch));
	}

	close(): void {
		this.site.world.delays.callOff();
	}

	readonly controls = {
		'POST /reports': (body: unknown): JsonValue => {
			const { mobile, ...others } = pickTexts(body, REPORT_FIELDS);
			if (mobile === undefined) throw new Error('A report must have a "mobile"');
			this.site.world.report({ mobile, ...others });
			return { ok: true };
		},
		'POST /replies': (body: unknown): JsonValue => {
			const { mobile, content, ...others } = pickTexts(body, REPLY_FIELDS);
			if (mobile === undefined || content === undefined) {
				throw new Error('A reply must have a "mobile" and a "content"');
			}
			this.site.world.receive({ mobile, content, ...others });
			return { ok: true };
		},
	};
}
