import { Refusal } from '../codes';
import { decodeHex } from '../content';
import { readForm } from '../form';
import type { Form } from '../form';
import { readSendTime } from '../times';
import { signIn } from './page';
import type { Page, Site } from './page';
import { failure, success } from './returnstatus';

/** SMS §1 */
function send(site: Site, form: Form) {
	const { world } = site;
	const code = form.get('code');
	if (!['', '0', '8'].includes(code)) throw new Refusal('ParamError', `code is "${code}"`);
	const message = world.submit({
		route: 'international',
		via: 'http',
		mobiles: form.get('mobile'),
		content: decodeHex(form.get('content')),
		extno: form.get('extno'),
		scheduledFor: readSendTime(form.get('sendTime')),
	});
	world.accepted.send++;
	return success(site, 'Success', {
		message: '操作成功',
		balance: String(world.settings.balance),
		taskID: message.taskId,
		BillingAmount: String(message.billedAmount),
		successCounts: String(message.mobiles.length),
	});
}

/** SMS §2 */
function getBalance(site: Site) {
	const { settings, accepted } = site.world;
	accepted.getBalance++;
	return success(site, 'Sucess', {
		message: '操作成功',
		payinfo: settings.payInfo,
		balance: String(settings.balance),
	});
}

/** SMS §1 and §2: two calls at one address, told apart by `action`. */
export const i18nSmsPage: Page = {
	answer(site, request) {
		const form = readForm(request, site.world.settings);
		signIn(site, form);
		const action = form.get('action');
		if (action === 'send') return send(site, form);
		if (action === 'overage') return getBalance(site);
		throw new Refusal('ParamError', `action is "${action}"`);
	},
	refuse(site, refused, request) {
		const isBalance = /\baction=overage\b/.test(`${request.query}&${request.body}`);
		const nothing: Record<string, string> = isBalance
			? { payinfo: '', balance: '0' }
			: { balance: '0', taskID: '0', BillingAmount: '0', successCounts: '0' };
		return failure(site, refused, nothing);
	},
};
