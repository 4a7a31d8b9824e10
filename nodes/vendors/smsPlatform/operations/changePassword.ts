import { InputError } from '../../../shared/contracts/errors';
import { secretField, rejectLoneSurrogates } from '../../../shared/fields/fields';
import { defineCall } from '../../../shared/contracts/operation';
import { toText } from '../../../shared/wire/values';
import { formRequest, smsPlatform } from '../protocol';

const MAX_PASSWORD_LENGTH = 20;

const NEXT_STEP =
	'Enter the new password in the credential of this node by hand, as n8n cannot do that. Until then every request fails.';

export const changePassword = defineCall({
	resource: 'account',
	operation: 'changePassword',
	name: 'Change Password',
	action:
		'Change the password of the SMS account: all requests fail until the credential is updated',
	description:
		'Change the password at the platform. The credential in n8n must be updated by hand afterwards.',
	source: 'SMS §6',
	effect: 'send',
	notice: `This changes the password at the platform only. ${NEXT_STEP}`,
	vendor: smsPlatform,
	fields: {
		newPassword: secretField(
			{
				displayName: 'New Password',
				description: `The password to set at the platform, at most ${MAX_PASSWORD_LENGTH} characters`,
			},
			(typed, label) => {
				if (typed.length > MAX_PASSWORD_LENGTH) {
					throw new InputError(
						label,
						`is ${typed.length} characters long, and the platform takes at most ${MAX_PASSWORD_LENGTH}`,
						'Choose a shorter one.',
					);
				}
				return rejectLoneSurrogates(typed, label);
			},
		),
	},
	options: {},
	request: ({ newPassword }) => ({
		...formRequest('/pwd.aspx', { newpassword: newPassword }),
		secrets: [newPassword],
	}),
	response: ({ raw: whole, fields }) => [
		{
			raw: whole,
			simplify: () => ({ changed: true, message: toText(fields.message), nextStep: NEXT_STEP }),
		},
	],
});
