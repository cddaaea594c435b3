use super::*;
use crate::error::{ErrorKind, Sent};

const VARIABLE: &str = "HUAWEICLOUD_SDK_REGION_VOD_MY_REGION_1";

fn region() -> Region {
    Region::from("my-region-1")
}

fn of_region(set: Vec<(&'static str, String)>) -> Result<Endpoints, AddressError> {
    let variables = Variables::new(move |name| {
        let found = set.iter().find(|(known, _)| *known == name)?;
        Some(found.1.clone())
    });
    Endpoints::of_region(&region(), &variables, true)
}

async fn origins(endpoints: &Endpoints) -> Result<Vec<String>, String> {
    let list = endpoints
        .in_order()
        .await
        .map_err(|error| error.to_string())?;
    Ok(list
        .iter()
        .map(|endpoint| endpoint.origin().to_owned())
        .collect())
}

#[cfg(feature = "rustls")]
#[tokio::test]
async fn a_region_has_its_own() {
    let endpoints = of_region(Vec::new()).unwrap();
    let own = "https://vod.my-region-1.myhuaweicloud.com";
    assert_eq!(origins(&endpoints).await.unwrap(), [own]);
    assert_eq!(format!("{endpoints:?}"), format!("[{own:?}]"));
}

#[cfg(feature = "rustls")]
#[tokio::test]
async fn the_file_comes_before() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("regions.yaml");
    let set = || vec![("HUAWEICLOUD_SDK_REGIONS_FILE", path.display().to_string())];
    let own = "https://vod.my-region-1.myhuaweicloud.com";
    let endpoints = of_region(set()).unwrap();
    let text =
        "VOD:\n- id: my-region-1\n  endpoints: [http://a.example, 'https://b.example:8443']\n";
    std::fs::write(&path, text).unwrap();
    // Not before it is needed, and then once.
    assert_eq!(endpoints.first().origin(), own);
    for _ in 0..2 {
        let list = origins(&endpoints).await.unwrap();
        assert_eq!(list, ["http://a.example", "https://b.example:8443"]);
        std::fs::write(&path, "VOD:\n- id: other\n").unwrap();
    }
    assert_eq!(endpoints.first().origin(), "http://a.example");
    assert_eq!(origins(&of_region(set()).unwrap()).await.unwrap(), [own]);

    for (text, why) in [
        (
            "VOD:\n- id: my-region-1\n  endpoint: ftp://x",
            "my-region-1: the endpoint has the scheme",
        ),
        ("VOD:\n\n  [", "line "),
        (
            "VOD:\n- id: my-region-1\n  endpont: https://x",
            "line 2: the region my-region-1 has no endpoint",
        ),
        ("", "there is no service VOD"),
        ("ECS: []", "there is no service VOD"),
    ] {
        std::fs::write(&path, text).unwrap();
        let error = origins(&of_region(set()).unwrap()).await.unwrap_err();
        let path = path.display();
        let wanted = format!("the regions file {path} (HUAWEICLOUD_SDK_REGIONS_FILE): {why}");
        assert!(error.starts_with(&wanted), "{error}");
    }
}

#[cfg(feature = "rustls")]
#[tokio::test]
async fn a_file_that_somebody_named_must_be_there() {
    let own = "https://vod.my-region-1.myhuaweicloud.com";
    let home = tempfile::tempdir().unwrap();
    let at_home = || vec![("HOME", home.path().display().to_string())];
    assert_eq!(
        origins(&of_region(at_home()).unwrap()).await.unwrap(),
        [own]
    );
    let typo = home.path().join("typo").display().to_string();
    let named = vec![("HUAWEICLOUD_SDK_REGIONS_FILE", typo.clone())];
    let error = origins(&of_region(named).unwrap()).await.unwrap_err();
    let wanted = format!("the regions file {typo} (HUAWEICLOUD_SDK_REGIONS_FILE): No such file");
    assert!(error.starts_with(&wanted), "{error}");
    // One that is only there can be for other services.
    let folder = home.path().join(".huaweicloud");
    std::fs::create_dir(&folder).unwrap();
    for text in ["", "ECS: []"] {
        std::fs::write(folder.join("regions.yaml"), text).unwrap();
        assert_eq!(
            origins(&of_region(at_home()).unwrap()).await.unwrap(),
            [own]
        );
    }
}

#[cfg(all(unix, feature = "rustls"))]
#[tokio::test]
async fn a_home_that_is_none_has_no_file() {
    let own = "https://vod.my-region-1.myhuaweicloud.com";
    let endpoints = of_region(vec![("HOME", "/dev/null".to_owned())]).unwrap();
    assert_eq!(origins(&endpoints).await.unwrap(), [own]);
    // Where somebody asks for the file, it is not passed over.
    let named = ("HUAWEICLOUD_SDK_REGIONS_FILE", "/dev/null/file".to_owned());
    let error = origins(&of_region(vec![named]).unwrap()).await.unwrap_err();
    assert!(
        error.starts_with("the regions file /dev/null/file (HUAWEICLOUD_SDK_REGIONS_FILE): "),
        "{error}"
    );
}

#[tokio::test]
async fn the_variable_comes_first_and_takes_several() {
    let file = ("HUAWEICLOUD_SDK_REGIONS_FILE", "/nowhere".to_owned());
    let list = "http://a.example,http://127.0.0.1:9, http://c.example";
    let endpoints = of_region(vec![file, (VARIABLE, list.to_owned())]).unwrap();
    let all = ["http://a.example", "http://127.0.0.1:9", "http://c.example"];
    assert_eq!(origins(&endpoints).await.unwrap(), all);
    assert!(!endpoints.are_loopback());
    // The one that answers stays in front.
    let second = endpoints.in_order().await.unwrap()[1];
    endpoints.prefer(second);
    assert_eq!(endpoints.first().origin(), all[1]);
    assert_eq!(origins(&endpoints).await.unwrap(), [all[1], all[2], all[0]]);
    // One that says nothing does not, however many calls find that out.
    endpoints.leave(second);
    endpoints.leave(second);
    assert_eq!(origins(&endpoints).await.unwrap(), [all[2], all[0], all[1]]);

    let bad = of_region(vec![(VARIABLE, "http://a.example,".to_owned())]);
    let bad = bad.err().unwrap().to_string();
    assert!(bad.starts_with(VARIABLE), "{bad}");
}

#[test]
fn regions_are_checked() {
    let none = Variables::new(|_| None);
    assert!(Endpoints::of_region(&Region::from("a/b"), &none, true).is_err());
}

#[cfg(unix)]
#[test]
fn a_variable_that_is_not_text_is_not_passed_over() {
    use std::os::unix::ffi::OsStringExt;

    let bad = || std::ffi::OsString::from_vec(b"https://a\xff.example".to_vec());
    let variables = Variables::raw(move |name| (name == VARIABLE).then(bad));
    let error = Endpoints::of_region(&region(), &variables, true).err();
    let wanted = format!("the variable {VARIABLE} is not UTF-8: correct or unset it");
    assert_eq!(error.map(|error| error.to_string()), Some(wanted));
}

#[test]
fn says_if_the_region_can_be_the_reason() {
    let none = Variables::new(|_| None);
    let explained = |region: &str, kind| {
        let endpoints = Endpoints::of_region(&Region::from(region), &none, true).unwrap();
        let error = Error::new(kind, Sent::No, "no");
        endpoints.explain(error).message().to_owned()
    };
    assert_eq!(
        explained("cn-nroth-4", ErrorKind::Connect),
        "no; the region \"cn-nroth-4\" is not known: did you mean \"cn-north-4\"?"
    );
    assert_eq!(explained("cn-nroth-4", ErrorKind::Timeout), "no");
    assert_eq!(explained("cn-north-4", ErrorKind::Connect), "no");
    assert_eq!(explained("eu-west-101", ErrorKind::Connect), "no");
}
