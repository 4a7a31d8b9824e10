import { Refusal } from '../codes';
import { readForm } from '../form';
import { readSendTime } from '../times';
import { signIn } from './page';
import type { Page } from './page';
import { failure, success } from './returnstatus';

/** `sms.aspx`, which the document does not have: content as it is, billed in points. */
export const domesticSmsPage: Page = {
	answer(site, request) {
		const { world } = site;
		const form = readForm(request, world.settings);
		signIn(site, form);
		const action = form.get('action');
		if (action !== 'send') throw new Refusal('ParamError', `action is "${action}"`);
		const message = world.submit({
			route: 'domestic',
			via: 'http',
			mobiles: form.get('mobile'),
			content: form.get('content'),
			extno: form.get('extno'),
			scheduledFor: readSendTime(form.get('sendTime')),
		});
		world.accepted.sendDomestic++;
		return success(site, 'Success', {
			message: 'ok',
			remainpoint: String(world.settings.points),
			taskID: message.taskId,
			successCounts: String(message.mobiles.length),
		});
	},
	refuse: (site, refused) =>
		failure(site, refused, { remainpoint: '0', taskID: '0', successCounts: '0' }),
};
