"""The family association's e-mail with its list of twelve people attached, as it would come over the wire."""

from __future__ import annotations

import base64

FAMILY_LIST = """\
no,name,father,born,taken,where,last known,told by
1,Davin Orlec,Petrin,1988,2014-02-09,Tavrin,Karvel (May 2016),released prisoner
2,Sorel Hask,Imre,1991,2014-03,Lower Drenna,Karvel,court clerk's list
3,Miro Teszan,Aldo,1979,2013-11-21,Tavrin,reported dead 2015,death notice
4,Ilvar Brandt-Osk,,1995,2015,checkpoint on the Pelmar road,not known,nobody
5,Kesta Orlec,Petrin,1993,2014-02-09,Tavrin,not known,nobody
6,Anzel Dure,Tomas,1984,2014-07-30,Olmeth,Karvel (winter 2015),released prisoner
7,Sorrel Haşk,Imre,1991,March 2014,Drenna,Karvel,released prisoner
8,Jorin Mallas,Vedo,about 1970,2013-09,Tavrin,reported dead 2014,called by the prison
9,Ren Adovar,Luk,1996,2014-05-02,university,"transfer" list May 2016,released prisoner
10,Pauk Temlin,Jorin,1982,2016-01-17,Olmeth,Karvel,guard
11,Ishta Vell,Maro,2000,2015-10,Lower Drenna,not known,nobody
12,Teodar Nim,Sandro,1968,2013-12-24,at home,reported dead 2016-08,death notice
"""

EMAIL = """\
From: Nadja Orlec <nadja@karvel-families.example>
To: Records <records@prison-record.example>
Date: Thu, 14 Mar 2019 21:17:44 +0200
Subject: Our list, and the letter you asked for
Message-ID: <20190314-2117@karvel-families.example>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="karvel-families-0314"

--karvel-families-0314
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: 8bit

Dear friends,

I send you the list as it stands today: twelve names from our street association, nothing that we have not heard from at least one person.
Number 7 may be number 2 again; two mothers wrote to us and they spell it differently, so please do not count before you have asked us.

You will have seen what the ministry in Tavrin said on Tuesday. My brothers Davin and Kesta were taken from our kitchen on 9 February 2014
by men of the Second Directorate. A man who was let out in 2016 told my mother that he had slept beside Davin at Karvel until May of that
year and that the guards then called him out with about thirty others. He did not see what happened to them. He said that in the morning
their shoes were still there.

About the burning I know nothing. A cousin who delivers flour to the barracks says the chimney of the brickworks smoked through the whole of
last winter, but he has been wrong before.

Please keep my address and the names of the mothers to yourselves. You may use the names on the list, not who gave them to us. The clerk's
letters are in the other file, I hope it arrives whole this time, the line here breaks every few minutes.

Nadja

> On 11 March 2019 Records wrote:
> Could you send us the list again, and the letters? We would like to compare
> both with what the Hestrian ministry said today.

--karvel-families-0314
Content-Type: text/csv; charset="utf-8"; name="families-list-2019-03.csv"
Content-Disposition: attachment; filename="families-list-2019-03.csv"
Content-Transfer-Encoding: base64

{attachment}
--karvel-families-0314--
"""


def family_mail() -> bytes:
    """The association's e-mail with its list, as it would come over the wire."""
    attachment = base64.encodebytes(FAMILY_LIST.encode()).decode().rstrip("\n")
    return EMAIL.format(attachment=attachment).replace("\n", "\r\n").encode()
