import { checkLogin } from '../account';
import { Refusal } from '../codes';
import { readForm } from '../form';
import type { Page } from './page';
import { failure, success } from './returnstatus';

/** SMS §6.2 */
const MAX_PASSWORD_LENGTH = 20;

/** SMS §6: both passwords plain, since an MD5 would not fit the 20 characters of the new one. */
export const passwordPage: Page = {
	answer(site, request) {
		const { world, account } = site;
		const form = readForm(request, world.settings);
		const password = form.get('password');
		checkLogin(account, world.settings, { account: form.get('account'), password }, 'plain');
		const newPassword = form.get('newpassword');
		if (newPassword === '') throw new Refusal('ParamError', 'No newpassword');
		if (newPassword.length > MAX_PASSWORD_LENGTH) {
			throw new Refusal('ParamError', `newpassword is longer than ${MAX_PASSWORD_LENGTH}`);
		}
		account.password = newPassword;
		world.accepted.changePassword++;
		const message = world.settings.echoPasswords
			? `密码修改成功: ${password} -> ${newPassword}`
			: '密码修改成功';
		return success(site, 'Sucess', { message });
	},
	refuse: (site, refused) => failure(site, refused),
};
